using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>
/// Every code: somebody is refused with it, does what the error says is next, and ends authorised. What is refused for good stands in
/// intended-ends.txt; states that another test makes stand in made-elsewhere.txt, and of those the command is run here.
/// </summary>
public sealed class NoDeadEndsTests
{
    private static readonly Dictionary<RefusalCode, Func<Task<Provoked>>> Scenarios =
        new[]
        {
            RawRefusals.All, AssertionRefusals.All, TypedRefusals.All, ForeignRefusals.All, PairingRefusals.All, ConversationRefusals.All, FaultRefusals.All, ImportRefusals.All,
            ProcessRefusals.All, StartRefusals.All, RecoveryRefusals.All, NodeRefusals.All, ApprovalRefusals.All, AgentRefusals.All, SpawnRefusals.All, CronRefusals.All,
        }.SelectMany(part => part).ToDictionary();

    private static string Folder => Path.Combine(DocumentedPages.Root, "tests", "Netclaw.Daemon.Tests", "DeadEnds");

    private static Dictionary<string, string> IntendedEnds => Lines("intended-ends.txt");

    private static Dictionary<string, string> MadeElsewhere => Lines("made-elsewhere.txt");

    public static TheoryData<string> Provokable => new(Scenarios.Keys.Select(code => RefusalTable.For(code).Name));

    public static TheoryData<string> Audited => new(RawRefusals.All.Keys.Concat(AssertionRefusals.All.Keys).Select(code => RefusalTable.For(code).Name));

    [Fact]
    public void EveryCode_HasItsScenario_OrAReason()
    {
        var known = Scenarios.Keys.Select(code => RefusalTable.For(code).Name).Concat(IntendedEnds.Keys).Concat(MadeElsewhere.Keys);

        Assert.Equal(RefusalTable.All.Select(row => row.Name).Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
        Assert.All(IntendedEnds.Values, reason => Assert.True(reason.Length > 20, reason));
    }

    [Fact]
    public void StatesMadeElsewhere_AreMadeByTestsThatExist()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Path.Combine(DocumentedPages.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.All(MadeElsewhere, line =>
        {
            var (name, method) = line.Value.Split(' ')[0].Split('.') is [var first, var second] ? (first, second) : (line.Value, "nothing");
            Assert.EndsWith(")", line.Value, StringComparison.Ordinal);
            Assert.Contains($"class {name}", sources, StringComparison.Ordinal);
            Assert.Contains($" {method}(", sources, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Provokable))]
    public async Task WhoeverIsRefused_DoesWhatTheErrorSays_AndEndsAuthorised(string code)
    {
        Assert.True(RefusalTable.TryFind(code, out var row));
        var provoked = await Scenarios[row.Code]();
        await using var stage = provoked.Stage;
        try
        {
            Assert.True(RefusalTable.TryFind(provoked.Error.Code, out var seen) && seen == row, $"{provoked.Error}");
            await EndsAuthorisedAsync(provoked);
        }
        finally
        {
            await stage.StopStartedAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Audited))]
    public async Task WhoeverIsRefused_IsInTheAuditLog_WithEvidenceAndCode(string code)
    {
        Assert.True(RefusalTable.TryFind(code, out var row));
        var provoked = await Scenarios[row.Code]();
        await using var stage = provoked.Stage;
        await stage.Host.StopAsync();

        var record = File.ReadLines(stage.Host.Home.AuditLog).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Single(line => line.GetProperty("outcome").GetString() == "refused");

        Assert.True(RefusalTable.TryFind(record.GetProperty("code").GetString()!, out var seen) && seen == row, $"{record}");
        Assert.All((string[])["subject", "action", "transport", "clientAddress", "detail", "host"], name => Assert.NotEqual("", record.GetProperty(name).GetString()));
        Assert.All(stage.Secrets.Append("eyJ"), secret => Assert.DoesNotContain(secret, record.ToString(), StringComparison.Ordinal)); // eyJ: how every JWT begins
    }

    [Fact]
    public async Task Explain_KnowsEveryCode_AndTheHeaderThatIsMissing()
    {
        using var person = new Person();

        foreach (var name in RefusalTable.All.Select(row => row.Name).Append("trusted_proxy_missing_header_x-team"))
        {
            var said = (await person.RunAsync("explain", name)).Expect().Json;
            Assert.StartsWith(said.GetProperty("code").GetString()!, name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CommandsOfStatesMadeElsewhere_Lead()
    {
        await using var stage = await Stage.SetAsync("""{"exposure":{"externalUrl":"http://127.0.0.1:9"}}""");
        foreach (var code in MadeElsewhere.Keys)
        {
            Assert.True(RefusalTable.TryFind(code, out var row));
            await EndsAuthorisedAsync(new Provoked(stage, RefusalTable.Error(row.Code, "as that test has it")));
        }
    }

    private static async Task EndsAuthorisedAsync(Provoked provoked)
    {
        var who = provoked.Who ?? provoked.Stage.Stranger();
        var ofDevice = await new WayOut(provoked.Stage, who).FollowAsync(provoked.Error);
        await (provoked.MendAsync?.Invoke() ?? Task.CompletedTask);
        if (ofDevice && who != provoked.Stage.Owner)
        {
            who.Variables.Clear();
            var said = await who.RunAsync("status");
            var asNode = provoked.Error.Code == RefusalTable.For(RefusalCode.RoleNotAllowed).Name; // paired as one, it is let in and holds no scope
            Assert.True(said.Done || (asNode && said.Failure.Code == RefusalTable.For(RefusalCode.MissingScope).Name), said.ToString());
        }
        else
        {
            var said = await provoked.Stage.Owner.RunAsync("status");
            Assert.True(said.Done, $"after {provoked.Error.Remedy}\n{said}");
        }
    }

    private static Dictionary<string, string> Lines(string file) => File.ReadLines(Path.Combine(Folder, file))
        .Where(line => line.Split(':')[0].All(symbol => char.IsAsciiLetterLower(symbol) || symbol == '_') && line.Contains(": ", StringComparison.Ordinal)).Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1]);
}
