namespace Netclaw.Sabotaged;

/// <summary>The test projects that notice, and where their broken builds are.</summary>
internal static class Suites
{
    public const string Actors = "Netclaw.Actors.Tests";
    public const string Crash = "Netclaw.Crash.Tests";
    public const string Daemon = "Netclaw.Daemon.Tests";
    public const string KillLoop = "Netclaw.KillLoop.Tests";
    public const string Protocol = "Netclaw.Protocol.Tests";
    public const string Runtime = "Netclaw.Runtime.Internals";

    private const string Build = "dotnet build tests/Netclaw.Sabotage.Tests -p:Sabotage=true";

    /// <exception cref="FileNotFoundException">It is not built.</exception>
    public static string Assembly(string project)
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var artifacts = here.Parent!.Parent!.Parent!.Parent!.FullName;
        var path = Path.Combine(artifacts, "sabotage", "bin", project, here.Name, project + ".dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there. Build it first: {Build}");
    }
}
