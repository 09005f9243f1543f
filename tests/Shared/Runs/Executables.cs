namespace Netclaw.Testing;

/// <summary>
/// The programs that tests run as users do. <c>NETCLAW_TEST_PROGRAMS</c>: the folder with those that are compiled ahead, as <c>./test</c> publishes them; without it those of the build.
/// Both are laid out <c>&lt;project&gt;/&lt;configuration&gt;/</c>, for the command line finds the daemon beside its own folder.
/// </summary>
internal static class Executables
{
    private static readonly DirectoryInfo Here = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
    private static readonly string Built = Here.Parent!.Parent!.FullName;
    private static readonly string Root = Environment.GetEnvironmentVariable("NETCLAW_TEST_PROGRAMS") is { Length: > 0 } published ? published : Built;

    public static string CommandLine => Of(Root, "Netclaw.Cli", "netclaw");

    public static string Daemon => Of(Root, "Netclaw.Daemon", "netclawd");

    /// <summary>The daemon that can be told to kill itself between a durable write and its acknowledgement.</summary>
    public static string CrashDaemon => Of(Built, "Netclaw.CrashDaemon", "netclawd-crash");

    private static string Of(string root, string project, string name)
    {
        var path = Path.Combine(root, project, Here.Name, name);
        return File.Exists(path) ? path : throw new FileNotFoundException("build the solution first: " + path);
    }
}
