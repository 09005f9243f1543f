using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>One call of a tool, for as long as it is served. What it may do is what whoever asked the agent lent it, no more.</summary>
internal sealed class ToolUse(AgentTurn turn, JsonElement arguments, IInsideCalls calls, CancellationToken cancellation)
{
    /// <summary>Of what a model is answered; more costs tokens and helps nobody.</summary>
    public const int MostCharacters = 16 * 1024;

    private readonly Principal _principal = new(AuthMethod.Spawn, Role.Operator, turn.Grant.Scopes, turn.Grant.Device, turn.Grant.Subject) { Run = turn.Grant.Run };

    public AgentTurn Turn { get; } = turn;

    public JsonElement Arguments { get; } = arguments;

    /// <summary>A text among the arguments; null where there is none, or where it is empty.</summary>
    public string? Text(string name) => Argument(name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } given ? given : null;

    /// <summary>An argument as it was given; null where there is none.</summary>
    public JsonElement? Argument(string name) => Arguments.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Parameters of a method: these arguments under the method's names, what is not given left out.</summary>
    public JsonObject With(params ReadOnlySpan<(string Argument, string Parameter)> names)
    {
        var parameters = new JsonObject();
        foreach (var (argument, parameter) in names)
        {
            if (Argument(argument) is { } value)
            {
                parameters[parameter] = JsonNode.Parse(value.GetRawText());
            }
        }

        return parameters;
    }

    public Task<CallResponse> CallAsync(string method, JsonObject parameters) => calls.CallAsync(_principal, method, JsonSerializer.SerializeToElement(parameters, ToolJson.Default.JsonObject), cancellation);

    /// <summary>The method's own answer, as the model is told it.</summary>
    public async Task<ToolAnswer> AnswerAsync(string method, JsonObject parameters) => Told(await CallAsync(method, parameters));

    public static ToolAnswer Told(CallResponse response) => response.Ok
        ? new ToolAnswer(true, Cut(response.Payload?.GetRawText() ?? "{}"))
        : new ToolAnswer(false, Cut($"{response.Error!.Code}: {response.Error.Message}"));

    public static ToolAnswer Wrong(string problem) => new(false, problem);

    private static string Cut(string text) => text.Length <= MostCharacters
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{TextCut.To(text, MostCharacters)} … [{text.Length - MostCharacters} more characters left out; ask for less]");
}
