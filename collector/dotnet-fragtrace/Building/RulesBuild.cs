using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Building;

/// <summary>
/// Builds a project with the FragGuard rules added to its compilation, through MSBuild properties alone: the project
/// need not reference them. See <c>FragGuard.Run.targets</c>.
/// </summary>
public static class RulesBuild
{
    private const string Targets = "FragGuard.Run.targets";

    /// <exception cref="FragTraceException">The project does not build, or is not a program, or the rules are not beside the tool.</exception>
    public static async Task<BuiltProgram> RunAsync(
        ProgramSource source, BuildOptions options, CancellationToken cancellationToken)
    {
        string name = Path.GetFileNameWithoutExtension(source.Path);
        if (!source.IsProject)
            return new BuiltProgram(name, source.Path, []);

        if (!File.Exists(options.RulesDirectory + Targets))
        {
            throw new FragTraceException(
                $"The rules are not beside the tool: there is no {options.RulesDirectory}{Targets}. Copy the whole folder it was published to.",
                ExitCode.Platform);
        }

        ProcessOutput build = await StartAsync(source, options, cancellationToken).ConfigureAwait(false);
        if (build.ExitCode != 0)
            throw new FragTraceException($"{name} does not build: {FirstErrorOf(build)}", ExitCode.Arguments);

        string assembly = AssemblyOf(source, options.FindingsDirectory, name);
        string[] sarif = Directory.GetFiles(options.FindingsDirectory, "*.sarif")
            .OrderBy(path => path, StringComparer.Ordinal).ToArray();
        return new BuiltProgram(name, assembly, sarif);
    }

    private static async Task<ProcessOutput> StartAsync(
        ProgramSource source, BuildOptions options, CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            "build", source.Path, "--configuration", options.Configuration, "-nologo", "-verbosity:quiet",
            "-nodeReuse:false",
            $"-p:CustomAfterMicrosoftCommonTargets={options.RulesDirectory}{Targets}",
            $"-p:FragGuardRulesDirectory={options.RulesDirectory}",
            $"-p:FragGuardOutputDirectory={options.FindingsDirectory}{Path.DirectorySeparatorChar}",
            "-p:UseSharedCompilation=false",
        ];
        if (options.Framework is not null)
            arguments.AddRange(["--framework", options.Framework]);
        try
        {
            return await ProcessOutput.RunAsync("dotnet", arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Win32Exception exception)
        {
            throw new FragTraceException(
                $"The .NET SDK cannot be started: {exception.Message}.", ExitCode.Platform, exception);
        }
    }

    private static string FirstErrorOf(ProcessOutput build)
    {
        string[] errors = build.Output
            .Where(line => line.Contains(": error ", StringComparison.Ordinal) || line.StartsWith("MSBUILD : error", StringComparison.Ordinal))
            .Select(WithoutProject).Distinct(StringComparer.Ordinal).ToArray();
        if (errors.Length == 0)
            return build.Output.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? $"exit code {build.ExitCode}";
        return errors.Length == 1 ? errors[0] : $"{errors[0]} (and {errors.Length - 1} more)";
    }

    /// <summary>MSBuild ends each line with the project in brackets, which the message already names.</summary>
    private static string WithoutProject(string line)
    {
        int bracket = line.LastIndexOf(" [", StringComparison.Ordinal);
        return (bracket < 0 ? line : line[..bracket]).Trim();
    }

    private static string AssemblyOf(ProgramSource source, string directory, string name)
    {
        string[][] targets = Directory.GetFiles(directory, "*.target").Select(File.ReadAllLines)
            .Where(lines => lines.Length >= 4 && string.Equals(lines[0], source.Path, StringComparison.Ordinal)).ToArray();
        if (targets.Length == 0)
            throw new FragTraceException($"{name} was built, but names no assembly.", ExitCode.Arguments);
        if (targets.Length > 1)
        {
            string frameworks = string.Join(", ", targets.Select(lines => lines[3]));
            throw new FragTraceException(
                $"{name} targets {frameworks}; choose one with --framework.", ExitCode.Arguments);
        }

        if (!targets[0][2].EndsWith("Exe", StringComparison.OrdinalIgnoreCase))
        {
            throw new FragTraceException(
                $"{name} is a library; name a program that uses it.", ExitCode.Arguments);
        }

        return targets[0][1];
    }
}
