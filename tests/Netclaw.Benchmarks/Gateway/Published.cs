using System.Diagnostics;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>Both executables as users get them: Release, ReadyToRun, framework-dependent. Published once per run of the benchmarks.</summary>
internal static class Published
{
    private static readonly Lazy<string> Folder = new(Publish);

    public static string Daemon => Path.Combine(Folder.Value, "netclawd");

    public static string Cli => Path.Combine(Folder.Value, "netclaw");

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

    private static string Publish()
    {
        var target = Path.Combine(Root, "artifacts", "benchmarks");
        foreach (var project in (string[])["Netclaw.Daemon", "Netclaw.Cli"])
        {
            Console.Error.WriteLine($"publishing {project} (Release, ReadyToRun) ...");
            var start = new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    "publish", Path.Combine(Root, "src", project), "-c", "Release", "-r", "linux-x64", "--self-contained", "false",
                    "-p:PublishReadyToRun=true", "-o", target, "-v", "q", "-nologo",
                },
                RedirectStandardOutput = true,
            };
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
