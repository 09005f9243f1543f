namespace Netclaw.KillLoop.Daemons;

/// <summary>The programs of this build, where its layout puts them: <c>bin/&lt;project&gt;/&lt;configuration&gt;/</c>.</summary>
internal static class Programs
{
    public static string Daemon => Of("Netclaw.Daemon", "netclawd");

    private static string Of(string project, string name)
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, name);
        return File.Exists(path) ? path : throw new FileNotFoundException("build the solution first: " + path);
    }
}
