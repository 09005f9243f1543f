using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Conversations;

/// <summary>A transcript whose end somebody cut off while the daemon was down: the audit names it, and it is not read.</summary>
public sealed class ShortenedTranscriptTests
{
    private const string Transcript = "conversation/agent:main:main#1";

    [Fact]
    public async Task AnEndThatWasCutOff_IsNamedByTheAudit_AndRefusedAtWaking()
    {
        var host = await GatewayHost.StartAsync(overrides: Restless);
        try
        {
            host = await CutAndReadAsync(host);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    /// <returns>The daemon that was started on what is left.</returns>
    private static async Task<GatewayHost> CutAndReadAsync(GatewayHost host)
    {
        await using (var peer = await Peer.OperatorAsync(host, native: true))
        {
            await peer.GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = "one" });
            await peer.GetAsync("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = "two" });
        }

        var writers = host.Service<JournalHealth>().Writers;
        using (var limit = new CancellationTokenSource(GatewayHost.Bound))
        {
            while (writers.Living.Any(writer => writer.PersistenceId == Transcript))
            {
                await Task.Delay(20, limit.Token);
            }
        }

        await host.StopAsync();
        Assert.True(Audit(host).IsSound, Audit(host).FirstBad?.ToString());
        Assert.DoesNotContain(Transcript, File.ReadAllText(host.Home.GatewayMark), StringComparison.Ordinal);
        Assert.Contains("\"conversations\"", File.ReadAllText(host.Home.GatewayMark), StringComparison.Ordinal);
        Cut(host);

        var fault = Audit(host).FirstBad;
        Assert.Equal((FaultKind.RolledBack, Transcript, 2L), (fault?.Kind, fault?.PersistenceId, fault?.Sequence));
        var again = await host.RestartAsync(Restless);
        await using var reader = await Peer.OperatorAsync(again, native: true);
        Assert.Equal("journal_unavailable", await reader.RefusedAsync("chat.history", new JsonObject { ["sessionKey"] = "main" }));
        Assert.Contains(Transcript, again.Service<JournalHealth>().Failure!.ToString(), StringComparison.Ordinal);
        return again;
    }

    private static void Restless(IServiceCollection services) => services.AddSingleton(new ConversationPace(TimeSpan.FromMilliseconds(100)));

    private static JournalAuditResult Audit(GatewayHost host)
    {
        var problems = new StartProblems();
        using var keys = new KeyringLoader(host.Home, problems, journalInHome: true, readOnly: true).Open("attic");
        return new JournalAuditor(host.Home, null, keys!.Journal, keys.Mark).Audit().Result;
    }

    private static void Cut(GatewayHost host)
    {
        using var connection = new SqliteConnection($"Data Source={host.Home.JournalDatabase};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM journal WHERE persistence_id = $id AND sequence_number = 2";
        command.Parameters.AddWithValue("$id", Transcript);
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
