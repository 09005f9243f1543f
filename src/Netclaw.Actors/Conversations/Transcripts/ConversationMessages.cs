using Akka.Actor;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>From the catalogue: a command for this conversation. <paramref name="Given"/> is answered, then <see cref="Served"/> goes to the catalogue.</summary>
internal sealed record Serve(long Id, ConversationCommand Command, string Agent, GivenCommand Given);

/// <summary>To the catalogue: answered.</summary>
internal sealed record Served(long Id);

/// <summary>To the catalogue: what lists say of the conversation.</summary>
/// <param name="Reason">What has changed; null: nothing, it has only been read.</param>
internal sealed record Moved(ConversationId Id, ConversationFacts Facts, string? Running, int Waiting, string? Reason);

/// <summary>To the catalogue: nobody has used this conversation for a while.</summary>
internal sealed record MayRest(ConversationId Id);

/// <summary>From the catalogue: it sends nothing more until it hears back.</summary>
internal sealed record Rest;

/// <summary>To the catalogue: it stops now.</summary>
internal sealed record Resting(ConversationId Id, JournalHead Head, ConversationFacts Facts);

/// <summary>To the catalogue: something came meanwhile, it stays.</summary>
internal sealed record Staying(ConversationId Id);

/// <summary>What one conversation needs.</summary>
/// <param name="Noted">The head that the catalogue has of it.</param>
/// <param name="Fate">Says why it was stopped.</param>
public sealed record ConversationStart(ConversationParts Parts, ConversationId Id, NotedHead Noted, IActorRef Catalogue, ConversationFate Fate);
