using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Netclaw.Runtime.Internals.Switch;

/// <summary>A project as the build sees it with <c>-p:ActorRuntime=akka</c>; evaluated, not restored.</summary>
internal sealed class ProjectUnderAkka
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly ConcurrentDictionary<string, Lazy<Task<ProjectUnderAkka>>> Known = new(StringComparer.Ordinal);

    private readonly JsonElement seen;

    private ProjectUnderAkka(JsonElement seen) => this.seen = seen;

    /// <summary>The folder that holds Netclaw.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Once per project, however many tests ask.</summary>
    public static Task<ProjectUnderAkka> Evaluate(string project) => Known.GetOrAdd(project, static each => new(() => Run(each))).Value;

    private static async Task<ProjectUnderAkka> Run(string project)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList =
            {
                "msbuild", Path.Combine(Root, project), "-p:ActorRuntime=akka",
                "-getItem:PackageReference,ProjectReference,PackageVersion,Compile", "-getProperty:ArtifactsPath,WarningsNotAsErrors,UsesActors,UsesActorsSql,UsesActorTestKit",
            },
            RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // What the test's own build left in the environment must not steer this one.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"{project}: {output}{await errors}");
        return new ProjectUnderAkka(JsonDocument.Parse(output).RootElement);
    }

    public string Property(string name) => seen.GetProperty("Properties").GetProperty(name).GetString()!;

    public bool Is(string name) => Property(name) == "true";

    public IReadOnlyList<string> Items(string type) => [.. Raw(type).Select(item => item.GetProperty("Identity").GetString()!)];

    /// <summary>Central, by package.</summary>
    public IReadOnlyDictionary<string, string> Versions() => Raw("PackageVersion").ToDictionary(
        item => item.GetProperty("Identity").GetString()!, item => item.GetProperty("Version").GetString()!, StringComparer.OrdinalIgnoreCase);

    /// <summary>References that name a version themselves.</summary>
    public IEnumerable<string> OwnVersions() => Raw("PackageReference")
        .Where(item => (item.TryGetProperty("Version", out var version) && version.GetString() is { Length: > 0 }) || item.TryGetProperty("VersionOverride", out _))
        .Select(item => item.GetProperty("Identity").GetString()!);

    private IEnumerable<JsonElement> Raw(string type) => seen.GetProperty("Items").GetProperty(type).EnumerateArray();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Netclaw.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
