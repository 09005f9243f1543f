using System.Collections.Immutable;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Daemon.Agents.OpenAi;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>An agent with runtime <c>openai</c> and the model that it asks.</summary>
internal sealed class OpenAiScene : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryHome _temporary = new();
    private readonly LocalModel _model;

    private OpenAiScene(LocalModel model) => _model = model;

    public LocalModel Model => _model;

    public NetclawHome Home => _temporary.Home;

    public HeardSink Sink { get; } = new();

    public ScriptedTools Tools { get; } = new();

    public ManualTime Time { get; } = new();

    public KeptLog Log { get; } = new();

    public Dictionary<string, string> Variables { get; } = [];

    public static async Task<OpenAiScene> OpenAsync(params ModelAnswer[] answers)
    {
        var scene = new OpenAiScene((await LocalModel.StartAsync()).Answers(answers));
        Directory.CreateDirectory(scene.Home.Root);
        return scene;
    }

    public AgentOptions Agent(Uri? baseUrl = null, string? keyFile = null, string? keyEnvironment = null, string? system = null, string? systemFile = null, int rounds = 8, int characters = 400_000) => new()
    {
        Id = "main", Runtime = AgentKind.OpenAi, MaxToolRounds = rounds, MaxAnswerCharacters = characters,
        Model = new ModelOptions { BaseUrl = baseUrl ?? _model.BaseUrl, Name = "parrot", KeyFile = keyFile, KeyEnvironment = keyEnvironment, System = system, SystemFile = systemFile },
    };

    public AgentTurn Turn(string prompt = "hello", TimeSpan? timeout = null, params ImmutableArray<Said> history) => new(
        "main", ConversationKey.MainOf("main"), "run-1", history, prompt, timeout ?? TimeSpan.FromHours(1), new AgentGrant("test", ScopeSet.ReadWrite, null, 0), Tools);

    /// <summary>One turn; waits pass at once.</summary>
    public async Task<AgentOutcome> RunAsync(AgentOptions? agent = null, AgentTurn? turn = null, CancellationToken cancellation = default)
    {
        using var runtime = new OpenAiRuntime(agent ?? Agent(), Home, Variables.GetValueOrDefault, Time, Log);
        var running = runtime.RunAsync(turn ?? Turn(), Sink, cancellation);
        for (var tries = 0; tries < 6000 && !running.IsCompleted; tries++)
        {
            await Task.WhenAny(running, Task.Delay(5, CancellationToken.None));
            if (Sink.Lines.LastOrDefault()?.StartsWith("status retrying", StringComparison.Ordinal) == true)
            {
                Time.Advance(TimeSpan.FromMilliseconds(100));
            }
        }

        return await running.WaitAsync(Patience, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        _temporary.Dispose();
    }
}
