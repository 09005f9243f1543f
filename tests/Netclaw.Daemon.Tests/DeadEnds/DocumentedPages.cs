using System.Reflection;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Pages that tests write and compare with.</summary>
internal static class DocumentedPages
{
    public static string Root => typeof(DocumentedPages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    /// <summary>NETCLAW_UPDATE_DOCS=1 writes the page.</summary>
    public static void Holds(string page, string text)
    {
        if (Environment.GetEnvironmentVariable("NETCLAW_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(page, text);
        }

        Assert.True(File.Exists(page), $"{page} is missing; NETCLAW_UPDATE_DOCS=1 writes it");
        Assert.Equal(File.ReadAllText(page), text);
    }
}
