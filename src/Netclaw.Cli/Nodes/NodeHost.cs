using System.Threading.Channels;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary>
/// Keeps a node with its gateway: 1 dial and check the pinned key → 2 say who this is and what it lends → 3 serve → 4 wait, and again from 1. It ends when it is told to,
/// or when trying again cannot help: the key is revoked, another gateway answers.
/// </summary>
internal sealed class NodeHost(CommandContext context, Profile profile, string name, IReadOnlyCollection<INodeCommand> commands, Backoff backoff)
{
    private static readonly string[] Caps = ["device", "file", "system"];

    private readonly Dictionary<string, INodeCommand> _commands = commands.ToDictionary(command => command.Name, StringComparer.Ordinal);

    /// <exception cref="CommandFailure">Why trying again cannot help.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var seen = await OnceAsync(cancellation);
            var wait = backoff.Next();
            context.Screen.Progress(new Progress("waiting", $"{PlainText.Of(seen)} Trying again in {wait.TotalSeconds:0.#} s."));
            await Task.Delay(wait, context.Time, cancellation); // 4
        }
    }

    /// <returns>Why the connection is over, where it may be tried again.</returns>
    private async Task<string> OnceAsync(CancellationToken cancellation)
    {
        try
        {
            var events = Channel.CreateUnbounded<HeardEvent>(new UnboundedChannelOptions { SingleReader = true });
            await using var connection = await GatewayConnection.OpenAsync( // 1
                new GatewayEndpoint.Http(new Uri(profile.Url)),
                GatewayDialer.Timing(context, profile.GatewayKey.HashText, (heard, payload) => events.Writer.TryWrite(new HeardEvent(heard, payload))),
                cancellation);
            using var key = context.Profiles.KeyOf(profile);
            await connection.ConnectAsync(new ConnectRequest { Client = Client(), Role = Role.Node, Device = key }, cancellation); // 2
            backoff.Reset();
            context.Screen.Progress(new Progress("connected", $"Connected with {PlainText.Of(profile.GatewayName)} as {key.Public.DeviceId.Short}, offering {_commands.Count} commands."));
            var closing = await new NodeServing(connection, _commands, context.Screen, context.Time).RunAsync(events.Reader, cancellation); // 3
            throw new GatewayException(closing.Error);
        }
        catch (GatewayException refusal) when (MayPass(refusal))
        {
            return $"{Refused.Seen(refusal)}.";
        }
        catch (GatewayException refusal)
        {
            throw Refused.By(refusal, new EndpointCandidate.Paired(profile, "the node's gateway"), []);
        }
    }

    private ClientInfo Client() => ClientIdentity.Info with
    {
        Id = "netclaw-node", Mode = "node", DisplayName = name,
        Surface = new NodeSurface([.. Caps], [.. _commands.Keys.Order(StringComparer.Ordinal)]) { PathEnv = context.Host.Environment("PATH") },
    };

    /// <summary>A gateway that is away, stopping, or has suspended its devices until its owner confirms them comes back; a key that is shut out does not.</summary>
    private static bool MayPass(GatewayException refusal) => refusal.Error.Retryable == true || refusal.Code is
        RefusalCode.EndpointUnreachable or RefusalCode.EndpointNotNetclaw or RefusalCode.TimedOut or RefusalCode.GatewayStopping or RefusalCode.InternalError
        or RefusalCode.DeviceSuspended or RefusalCode.JournalUnavailable;
}
