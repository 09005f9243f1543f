using System.Text.Json;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Nodes.Invoking;

internal static class InvokeSamples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly SessionId Caller = Session(1);
    public static readonly SessionId Other = Session(2);
    public static readonly SessionId Node = Session(3);

    public static readonly CallResponse Done = CallResponse.Success(JsonElement.Parse("""{"exitCode":0}"""));

    public static SessionId Session(int number) => Parsed<SessionId>($"s_{number:d16}");

    public static InvokeId Id(int number) => Parsed<InvokeId>($"inv_{number:d16}");

    public static InvokeRequest Request(int number, string key = "k1", string caller = "anna", SessionId? session = null, string node = "den", string digest = "d1", int seconds = 30) => new(
        Id(number), caller, new Waiter(session ?? Caller, number), node, Node, "system.run", digest, key, """{"command":["true"]}""", TimeSpan.FromSeconds(seconds));

    /// <summary>A call of a node's.</summary>
    public static Waiter OfNode(int number) => new(Node, number);

    private static T Parsed<T>(string text) where T : struct, IId<T> => T.TryParse(text, out var id) ? id : throw new ArgumentException(text);
}
