namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>The programs of this build, where its layout puts them: <c>bin/&lt;project&gt;/&lt;configuration&gt;/</c>.</summary>
internal static class Executables
{
    public static string CommandLine => Of("Netclaw.Cli", "netclaw");

    public static string Daemon => Of("Netclaw.Daemon", "netclawd");

    /// <summary>The daemon that can be told to kill itself between a durable write and its acknowledgement.</summary>
    public static string CrashDaemon => Of("Netclaw.CrashDaemon", "netclawd-crash");

    private static string Of(string project, string name)
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, name);
        return File.Exists(path) ? path : throw new FileNotFoundException("build the solution first: " + path);
    }
}
