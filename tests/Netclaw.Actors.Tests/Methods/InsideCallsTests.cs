using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Calls from inside pass the same gate and reach the same handlers as a client's.</summary>
public sealed class InsideCallsTests : ActorHost
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Call_IsAnswered_ByItsHandler()
    {
        var answer = await CallAsync(StatusResult.Method, ScopeSet.ReadWrite);

        Assert.True(answer.Ok);
        Assert.Equal("gate", answer.Payload!.Value.GetProperty("gateway").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("operator.read", CodeCreateParams.Method, "missing_scope")]
    [InlineData("operator.read", "no.such.method", "unknown_method")]
    [InlineData("operator.read", ConnectParams.Method, "invalid_request")]
    public async Task Gate_IsTheSameAsForClients(string scope, string method, string code) =>
        Assert.Equal(code, (await CallAsync(method, ScopeSet.Parse([scope], out _))).Error!.Code);

    [Fact]
    public async Task WrongParameters_AreRefused_AsForClients() => Assert.Equal(
        "invalid_request", (await CallAsync(NodeInvokeParams.Method, ScopeSet.ReadWrite)).Error!.Code);

    [Fact]
    public async Task ManyAtOnce_AreEachAnswered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync(StatusResult.Method, ScopeSet.ReadWrite)));

        Assert.All(answers, answer => Assert.True(answer.Ok || answer.Error!.Code == "too_many_open_calls"));
        Assert.Contains(answers, answer => answer.Ok);
    }

    [Fact]
    public async Task ACancelledCall_IsNotMade()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Calls.CallAsync(By(ScopeSet.ReadWrite), StatusResult.Method, Nothing, cancelled.Token));
    }

    [Fact]
    public async Task BeforeTheActorsStart_CallsAreToldToComeAgain() => Assert.Equal(
        "gateway_starting", (await new InsideCalls().CallAsync(By(ScopeSet.ReadWrite), StatusResult.Method, Nothing, default)).Error!.Code);

    private IInsideCalls Calls => Host.Services.GetRequiredService<IInsideCalls>();

    private static Principal By(ScopeSet scopes) => new(AuthMethod.Spawn, Role.Operator, scopes, null, "test");

    private Task<CallResponse> CallAsync(string method, ScopeSet scopes) => Calls.CallAsync(By(scopes), method, Nothing, default).WaitAsync(Patience);
}
