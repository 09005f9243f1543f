using System.Diagnostics;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>Both executables as users get them: Release, ReadyToRun. Published once per run of the benchmarks.</summary>
internal static class Published
{
    private static readonly Lazy<string> Folder = new(() => Publish("", ["Netclaw.Daemon", "Netclaw.Cli"], "--self-contained", "false"));

    private static readonly Lazy<string> Composite = new(() => Publish("-composite", ["Netclaw.Cli"], "--self-contained", "true", "-p:PublishReadyToRunComposite=true"));

    /// <summary>Framework-dependent.</summary>
    public static string Daemon => Path.Combine(Folder.Value, "netclawd");

    /// <summary>Framework-dependent.</summary>
    public static string Cli => Path.Combine(Folder.Value, "netclaw");

    /// <summary>Self-contained, compiled together with the framework.</summary>
    public static string CompositeCli => Path.Combine(Composite.Value, "netclaw");

    public static string Root
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Netclaw.sln")))
                {
                    return folder.FullName;
                }
            }

            throw new InvalidOperationException($"no Netclaw.sln above {AppContext.BaseDirectory}");
        }
    }

    /// <summary>Each form has intermediate files of its own: the compiled parts of one are no use to the other.</summary>
    private static string Publish(string form, string[] projects, params string[] options)
    {
        var target = Path.Combine(Root, "artifacts", "benchmarks" + form);
        foreach (var project in projects)
        {
            Console.Error.WriteLine($"publishing {project}{form} (Release, ReadyToRun) ...");
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            string[] arguments =
            [
                "publish", Path.Combine(Root, "src", project), "-c", "Release", "-r", "linux-x64", "-p:PublishReadyToRun=true",
                $"-p:ArtifactsPath={Path.Combine(Root, "artifacts", "publish" + form)}", "-o", target, "-v", "q", "-nologo", .. options,
            ];
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"publishing {project} failed:\n{output}");
            }
        }

        return target;
    }
}
