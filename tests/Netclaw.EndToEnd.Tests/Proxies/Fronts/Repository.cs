namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>The tree that this build is of.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
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
