using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Configuration;

namespace Netclaw.Actors.Hosting;

/// <summary>hocon/netclaw.conf: every key is one the actor system reads, and every key says why it is there.</summary>
public sealed class HoconTests
{
    private static readonly string File = System.IO.File.ReadAllText(Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "hocon", "netclaw.conf")));

    [Fact]
    public async Task Keys_AreReadByTheActorSystem()
    {
        var ours = ConfigurationFactory.ParseString(File);
        var system = ActorSystem.Create("hocon");
        try
        {
            var unknown = Leaves().Where(path => !system.Settings.Config.HasPath(path)).ToList();
            Assert.NotEmpty(Leaves());
            Assert.All(Leaves(), path => Assert.True(ours.HasPath(path), path));
            Assert.Empty(unknown);
        }
        finally
        {
            await system.Terminate().WaitAsync(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public void Keys_SayWhy()
    {
        var lines = File.Split('\n').Select(line => line.Trim()).ToList();
        Assert.All(Enumerable.Range(0, lines.Count).Where(at => lines[at].Contains('=', StringComparison.Ordinal) && !lines[at].StartsWith('#')),
            at => Assert.True(lines[at - 1].StartsWith('#'), $"no comment above: {lines[at]}"));
    }

    /// <summary>An actor port would be a door without a lock.</summary>
    [Fact]
    public void Provider_IsLocal() => Assert.Equal("local", ConfigurationFactory.ParseString(File).GetString("akka.actor.provider"));

    /// <summary>The full path of every value; this file nests objects and nothing else.</summary>
    private static List<string> Leaves()
    {
        var (path, leaves) = (new Stack<string>(), new List<string>());
        foreach (var line in File.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            if (line.EndsWith('{'))
            {
                path.Push(line[..^1].Trim());
            }
            else if (line == "}")
            {
                path.Pop();
            }
            else
            {
                leaves.Add(string.Join('.', path.Reverse().Append(line.Split('=')[0].Trim())));
            }
        }

        return leaves;
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
