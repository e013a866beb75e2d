using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;

namespace FragGuard.Simulation.Tests;

/// <summary>
/// Real programs that live tests compare with. A missing one skips the test with the reason, or fails it where the
/// environment variable <c>FRAGGUARD_REQUIRE_LIVE</c> is 1.
/// </summary>
internal static class LivePrograms
{
    private static readonly string[] ModuleFolders =
    [
        "/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/share/nginx/modules", "/etc/nginx/modules",
    ];

    private static readonly string[] LibraryFolders = ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib"];

    public static NginxProgram RequireNginxWithLua()
    {
        if (!OperatingSystem.IsLinux())
            Missing("nginx is replayed on Linux only.");
        string? nginx = Find("nginx");
        if (nginx is null)
            Missing("nginx is not installed.");
        string?[] modules = [Module("ndk_http_module.so"), Module("ngx_http_lua_module.so")];
        if (modules.Contains(null))
            Missing("nginx's lua module (libnginx-mod-http-lua) is not installed.");
        return new NginxProgram(nginx, modules.OfType<string>().ToArray());
    }

    /// <summary>Full path of the C compiler.</summary>
    public static string RequireCompiler()
    {
        string? compiler = Find("cc");
        if (compiler is null)
            Missing("cc is not installed.");
        return compiler;
    }

    /// <summary>Full path of a shared library that can be preloaded, by its soname.</summary>
    public static string RequireLibrary(string soname)
    {
        if (!OperatingSystem.IsLinux())
            Missing($"{soname} is preloaded on Linux only.");
        string? found = LibraryFolders.SelectMany(folder => Directory.Exists(folder)
                ? Directory.EnumerateDirectories(folder, "*-linux-gnu").Append(folder)
                : [])
            .Select(folder => Path.Combine(folder, soname))
            .FirstOrDefault(File.Exists);
        if (found is null)
            Missing($"{soname} is not installed.");
        return found;
    }

    public static void Needs(bool condition, string reason)
    {
        if (!condition)
            Missing(reason);
    }

    [DoesNotReturn]
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("FRAGGUARD_REQUIRE_LIVE") is "1")
            Assert.Fail($"{reason} FRAGGUARD_REQUIRE_LIVE=1 asks for it.");
        Assert.Skip(reason);
    }

    /// <summary>Full path of a program on the search path or in a system folder; null when there is none.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
            .Concat(["/usr/sbin", "/usr/local/sbin", "/sbin"])
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static string? Module(string file) =>
        ModuleFolders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
}
