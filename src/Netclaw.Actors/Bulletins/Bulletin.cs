using System.Text.Json;
using Akka.Actor;
using Netclaw.Protocol.Frames;

namespace Netclaw.Actors.Bulletins;

/// <summary>
/// What was last told of who is there and how the gateway is. Whoever connects is shown the same, with its version, so that nobody works it out once for each connection. Thread-safe.
/// </summary>
public sealed class Bulletin
{
    private IActorRef _keeper = ActorRefs.Nobody;
    private volatile Posting _posted = new(JsonElement.Parse("[]"), default);
    private int _noted;

    /// <summary>As it was last told.</summary>
    public Posting Posted => _posted;

    /// <summary>Somebody who is shown came or went. Costs nothing until the one before was taken up.</summary>
    public void Note()
    {
        if (Interlocked.Exchange(ref _noted, 1) == 0)
        {
            Volatile.Read(ref _keeper).Tell(Noted.Instance, ActorRefs.NoSender);
        }
    }

    /// <summary>The actor that tells; what was noted before it came is for it to look at.</summary>
    internal void KeptBy(IActorRef keeper) => Volatile.Write(ref _keeper, keeper);

    /// <summary>Before looking who is there: whoever comes afterwards is a reason to look again.</summary>
    internal void TakeUp() => Volatile.Write(ref _noted, 0);

    internal void Post(Posting posting) => _posted = posting;

    /// <param name="Presence">An array of rows.</param>
    public sealed record Posting(JsonElement Presence, StateVersion Version);

    internal sealed class Noted
    {
        public static readonly Noted Instance = new();
    }
}
