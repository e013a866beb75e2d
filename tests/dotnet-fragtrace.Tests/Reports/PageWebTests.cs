using System;
using System.Security.Cryptography;
using System.Text;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class PageWebTests
{
    /// <summary>A browser runs no script with another hash than the policy's.</summary>
    [Fact]
    public void ScriptHash_IsThatOfTheScript() => Assert.Equal(
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(PageWeb.Script.Text))), PageWeb.ScriptHash.Text);
}
