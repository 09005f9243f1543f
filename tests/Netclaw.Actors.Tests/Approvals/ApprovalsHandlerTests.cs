using System.Collections.Immutable;
using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Netclaw.Actors.Approvals;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Approvals;

/// <summary>Questions and decisions through real sessions, and from inside the gateway.</summary>
public sealed class ApprovalsHandlerTests : ActorHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static ProtocolJson Json => ProtocolJson.Default;

    private ApprovalDesk Desk => new(() => ActorRegistry.Get<ApprovalsHandler>());

    [Theory]
    [InlineData(ApprovalDecision.AllowOnce)]
    [InlineData(ApprovalDecision.AllowAlways)]
    [InlineData(ApprovalDecision.Deny)]
    public async Task ADecision_AnswersWhoeverAsked_AndIsToldAndRecorded(ApprovalDecision decision)
    {
        var asker = await OwnerAsync();
        var person = await OwnerAsync();
        var answer = asker.Call(ExecApprovalRequestParams.Method, Wanted("deploy", "--now"), Json.ExecApprovalRequestParams);
        var requested = await HeardAsync(person, PendingExecApproval.EventName, Json.PendingExecApproval);
        Assert.Equal(("deploy --now", "gateway", "/srv"), (requested.Request.Command, requested.Request.Host, requested.Request.Cwd));
        Assert.Equal<string>(["COLOUR", "SIZE"], requested.Request.EnvKeys!.Value);
        Assert.Equal(requested.Id, Assert.Single(await person.Get(PendingExecApproval.ListMethod, Json.ImmutableArrayPendingExecApproval)).Id);
        Assert.Equal("deploy --now", (await person.Get(ExecApprovalGetParams.Method, Json.ExecApprovalGetResult, Id(requested.Id))).CommandText);

        var taken = await ResolveAsync(person, requested.Id, decision);
        Assert.Equal(decision, taken.Payload!.Value.Deserialize(Json.ExecApprovalResolveResult)!.Decision);

        var told = (await answer).Payload!.Value.Deserialize(Json.ExecApprovalResult)!;
        Assert.Equal((requested.Id, decision, "user", "control:uid=1000"), (told.Id, told.Decision, told.Reason, told.ResolvedBy));
        var resolved = await HeardAsync(asker, ExecApprovalResolved.EventName, Json.ExecApprovalResolved);
        Assert.Equal((requested.Id, decision, "user"), (resolved.Id, resolved.Decision, resolved.Reason));
        Assert.Empty(await person.Get(PendingExecApproval.ListMethod, Json.ImmutableArrayPendingExecApproval));
        var record = Assert.Single(Audit, record => record.Kind == AuditKind.Approval);
        Assert.Equal(("control:uid=1000", "ok", $"{requested.Id}: deploy, 1 arguments"), (record.Subject, record.Code, record.Detail));

        var late = (await ResolveAsync(person, requested.Id, ApprovalDecision.AllowAlways)).Error!;
        Assert.Equal("approval_not_found", late.Code);
        Assert.Contains("by control:uid=1000", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_AllowsTheirOwn_AndTakesItBackInstead()
    {
        var asker = await OwnerAsync();
        var person = await OwnerAsync();
        var begun = await asker.Get(ExecApprovalRequestParams.Method, Json.ExecApprovalResult, SessionSamples.Json(Wanted("deploy") with { TwoPhase = true }, Json.ExecApprovalRequestParams));
        Assert.Equal(("accepted", null), (begun.Status, begun.Decision));

        Assert.Equal("approval_own", (await ResolveAsync(asker, begun.Id, ApprovalDecision.AllowOnce)).Error!.Code);
        Assert.Contains(Audit, record => record is { Kind: AuditKind.Approval, Code: "approval_own" });
        var waiting = person.Call(ExecApprovalWaitParams.Method, new ExecApprovalWaitParams(begun.Id.ToString()), Json.ExecApprovalWaitParams);
        Assert.True((await ResolveAsync(asker, begun.Id, ApprovalDecision.Deny)).Ok);

        var told = (await waiting).Payload!.Value.Deserialize(Json.ExecApprovalResult)!;
        Assert.Equal((ApprovalDecision.Deny, "withdrawn", null), (told.Decision, told.Reason, told.ResolvedBy));
        Assert.Equal(told, await person.Get(ExecApprovalWaitParams.Method, Json.ExecApprovalResult, Id(begun.Id)));
    }

    [Fact]
    public async Task Silence_IsADenial_AndEverybodyHearsSo()
    {
        var asker = await OwnerAsync();

        var told = await asker.Get(ExecApprovalRequestParams.Method, Json.ExecApprovalResult, SessionSamples.Json(Wanted("deploy") with { TimeoutMs = 50 }, Json.ExecApprovalRequestParams));

        Assert.Equal((ApprovalDecision.Deny, "timeout"), (told.Decision, told.Reason));
        Assert.Equal("timeout", (await HeardAsync(asker, ExecApprovalResolved.EventName, Json.ExecApprovalResolved)).Reason);
        Assert.Contains(Audit, record => record is { Kind: AuditKind.Approval, Subject: "nobody", Code: "timeout", Outcome: "abandoned" });
        Assert.Contains("ran out", (await ResolveAsync(await OwnerAsync(), told.Id, ApprovalDecision.AllowOnce)).Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AConnectionThatEnds_TakesItsQuestionsBack(bool twoPhase)
    {
        var asker = await OwnerAsync();
        var person = await OwnerAsync();
        _ = asker.Call(ExecApprovalRequestParams.Method, Wanted("deploy") with { TwoPhase = twoPhase }, Json.ExecApprovalRequestParams).ContinueWith(lost => lost.Exception, TaskScheduler.Default);
        var requested = await HeardAsync(person, PendingExecApproval.EventName, Json.PendingExecApproval);

        asker.Transport.Gone("cable");

        var resolved = await HeardAsync(person, ExecApprovalResolved.EventName, Json.ExecApprovalResolved);
        Assert.Equal((requested.Id, ApprovalDecision.Deny, "withdrawn"), (resolved.Id, resolved.Decision, resolved.Reason));
        Assert.Equal("approval_not_found", (await ResolveAsync(person, requested.Id, ApprovalDecision.AllowOnce)).Error!.Code);
    }

    [Fact]
    public async Task TooMuch_IsRefused_AndSoIsWhatNobodyCouldJudge()
    {
        var asker = await OwnerAsync();
        for (var i = 0; i < ApprovalTable.MostPerAsker; i++)
        {
            Assert.True((await asker.Call(ExecApprovalRequestParams.Method, Wanted("deploy") with { TwoPhase = true }, Json.ExecApprovalRequestParams)).Ok);
        }

        Assert.Equal("too_many_approvals", (await asker.Call(ExecApprovalRequestParams.Method, Wanted("deploy") with { TwoPhase = true }, Json.ExecApprovalRequestParams)).Error!.Code);
        var other = await OwnerAsync();
        Assert.Equal("invalid_request", (await other.Call(ExecApprovalRequestParams.Method, Wanted("deploy", new string('x', ApprovalMatter.LongestText)), Json.ExecApprovalRequestParams)).Error!.Code);
        Assert.Equal("invalid_request", (await other.Call(ExecApprovalRequestParams.Method, new ExecApprovalRequestParams(), Json.ExecApprovalRequestParams)).Error!.Code);
        Assert.Equal("invalid_request", (await other.Call(ExecApprovalRequestParams.Method, Wanted("deploy") with { TimeoutMs = 0 }, Json.ExecApprovalRequestParams)).Error!.Code);
        Assert.Equal("approval_not_found", (await other.Transport.Call(ExecApprovalGetParams.Method, SessionSamples.Parse("""{"id":"nonsense"}"""))).Error!.Code);
        Assert.Equal("invalid_request", (await other.Transport.Call(ExecApprovalResolveParams.Method, SessionSamples.Parse("""{"id":"nonsense","decision":"yes"}"""))).Error!.Code);
    }

    [Fact]
    public async Task AnAllowanceForEver_IsNotTaken_WhereNothingCouldBeMadeOfIt()
    {
        var asker = await OwnerAsync();
        var person = await OwnerAsync();
        var begun = await asker.Get(ExecApprovalRequestParams.Method, Json.ExecApprovalResult, SessionSamples.Json(
            Wanted("deploy") with { TwoPhase = true, UnavailableDecisions = [ApprovalDecision.AllowAlways] }, Json.ExecApprovalRequestParams));

        Assert.Equal<ApprovalDecision>([ApprovalDecision.AllowOnce, ApprovalDecision.Deny], (await HeardAsync(person, PendingExecApproval.EventName, Json.PendingExecApproval)).Request.AllowedDecisions);
        Assert.Equal("invalid_request", (await ResolveAsync(person, begun.Id, ApprovalDecision.AllowAlways)).Error!.Code);
        Assert.True((await ResolveAsync(person, begun.Id, ApprovalDecision.AllowOnce)).Ok);
    }

    [Fact]
    public async Task APartOfTheGateway_AsksToo_AndCanTakeItBack()
    {
        var person = await OwnerAsync();
        var matter = new ApprovalMatter(ApprovalMatter.OnGateway, [], "Send the\nletter?") { Agent = "main", Conversation = "agent:main:main", Details = """{"to":"Anna"}""", OnceOnly = true };
        var asked = Desk.AskAsync("run 1", matter, TimeSpan.FromMinutes(1), CancellationToken.None);
        var requested = await HeardAsync(person, PendingExecApproval.EventName, Json.PendingExecApproval);
        Assert.Equal(("Send the\\u{a}letter?", "main", """{"to":"Anna"}""", null), (requested.Request.Command, requested.Request.AgentId, requested.Request.Details, requested.Request.CommandArgv));
        await ResolveAsync(person, requested.Id, ApprovalDecision.AllowOnce);
        var said = await asked.WaitAsync(Patience);
        Assert.Equal((true, $"{requested.Id} was allowed by control:uid=1000"), (said.Allows, said.Because));

        using var unwanted = new CancellationTokenSource();
        var second = Desk.AskAsync("run 1", matter, TimeSpan.FromMinutes(1), unwanted.Token);
        var again = await HeardAsync(person, PendingExecApproval.EventName, Json.PendingExecApproval);
        await unwanted.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
        ExecApprovalResolved resolved;
        do
        {
            resolved = await HeardAsync(person, ExecApprovalResolved.EventName, Json.ExecApprovalResolved);
        }
        while (resolved.Id != again.Id);

        Assert.Equal((ApprovalDecision.Deny, "withdrawn"), (resolved.Decision, resolved.Reason));

        var unreadable = await Desk.AskAsync("run 1", matter with { Title = " " }, TimeSpan.FromMinutes(1), CancellationToken.None).WaitAsync(Patience);
        Assert.False(unreadable.Allows);
        Assert.False((await Desk.AskAsync("run 1", matter, TimeSpan.FromMilliseconds(50), CancellationToken.None).WaitAsync(Patience)).Allows);
    }

    private Task<TestClient> OwnerAsync() => TestClient.OpenAsOwner(ActorRegistry.Get<SessionSupervisor>(), GatewayKey);

    private static ExecApprovalRequestParams Wanted(params string[] command) => new()
    {
        CommandArgv = [.. command], Cwd = "/srv", Env = ImmutableDictionary<string, string>.Empty.Add("SIZE", "secret").Add("COLOUR", "blue"),
    };

    private static async Task<T> HeardAsync<T>(TestClient client, string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> form) =>
        (await client.Transport.Event(name)).Deserialize(form)!;

    private static JsonElement Id(ApprovalId id) => SessionSamples.Json(new ExecApprovalGetParams(id.ToString()), Json.ExecApprovalGetParams);

    private static Task<CallResponse> ResolveAsync(TestClient by, ApprovalId id, ApprovalDecision decision) =>
        by.Call(ExecApprovalResolveParams.Method, new ExecApprovalResolveParams(id.ToString(), decision), Json.ExecApprovalResolveParams);
}
