using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

public sealed class TargetCommandTests
{
    [Theory]
    [InlineData("Shop", "/srv/Shop")]
    [InlineData("Shop.Web", "./Shop.Web", "Other.dll")]
    [InlineData("My Shop", "/srv/My Shop/My Shop", "idle")]
    [InlineData("Shop", "dotnet", "Shop.dll")]
    [InlineData("My Shop", "/usr/bin/dotnet", "/srv/My Shop/My Shop.dll", "Other.dll")]
    [InlineData("Shop.Web", "dotnet", "exec", "--depsfile", "a.dll", "--roll-forward", "Major", "Shop.Web.dll")]
    [InlineData("Shop", "dotnet", "--diagnostics", "Shop.dll")]
    [InlineData("Shop", "Shop.EXE")]
    [InlineData("dotnet", "dotnet", "run", "--project", "Shop.dll")]
    [InlineData("dotnet", "dotnet", "exec", "--depsfile")]
    [InlineData("dotnet", "dotnet")]
    [InlineData("")]
    public void Program_IsNamed(string name, params string[] arguments)
    {
        var command = TargetCommand.Of(arguments);

        Assert.Equal(name, command.ProgramName);
        Assert.Equal(string.Join(' ', arguments), command.Line);
    }

    [Theory]
    [InlineData("Shop", "dotnet Shop.dll idle 20")]
    [InlineData("My Shop", "\"dotnet\" \"/srv/My Shop/My Shop.dll\" alloc")]
    [InlineData("", "")]
    public void Line_IsTakenApart(string name, string line)
    {
        var command = TargetCommand.Of(line);

        Assert.Equal((name, line), (command.ProgramName, command.Line));
    }
}
