using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit.TestEvent;

/// <summary>Tells the <see cref="TestEventListener"/> to apply filters. Published on the event stream.</summary>
internal sealed record Mute(IReadOnlyCollection<EventFilterBase> Filters) : INoSerializationVerificationNeeded;

/// <summary>Tells the <see cref="TestEventListener"/> to stop applying filters.</summary>
internal sealed record Unmute(IReadOnlyCollection<EventFilterBase> Filters) : INoSerializationVerificationNeeded;
