using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>What lists say of a transcript.</summary>
/// <param name="Preview">The beginning of the last message, on one line; null: there is none.</param>
/// <param name="UpdatedAt">Of the last message; the epoch when there is none.</param>
public sealed record ConversationFacts(long Messages, DateTimeOffset UpdatedAt, string? Preview = null)
{
    public static readonly ConversationFacts None = new(0, DateTimeOffset.UnixEpoch);

    public static string? PreviewOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return string.Create(TextCut.LengthOf(text, ConversationLimits.PreviewCharacters), text, static (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        });
    }
}

/// <summary>One conversation as everybody but its own actor sees it.</summary>
public sealed record ConversationRow(ConversationId Id, DateTimeOffset BegunAt, string? Label, DateTimeOffset? ArchivedAt, ConversationFacts Facts)
{
    public ConversationKey Key => Id.Key;

    public DateTimeOffset UpdatedAt => Facts.Messages == 0 ? BegunAt : Facts.UpdatedAt;

    /// <summary>The turn that runs; null: none.</summary>
    public string? Running { get; init; }

    /// <summary>Turns that wait.</summary>
    public int Waiting { get; init; }
}

/// <summary>The holder that outlives the catalogue's actor: swapped by it, read by everybody else.</summary>
public sealed class ConversationsView
{
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ImmutableDictionary<ConversationKey, ConversationRow>? _current;

    /// <summary>Null until the catalogue was read, and what was awake before.</summary>
    public ImmutableDictionary<ConversationKey, ConversationRow>? Current => _current;

    /// <summary>Completes when there is a <see cref="Current"/> one.</summary>
    public Task Read => _read.Task;

    /// <summary>Called by the catalogue's actor alone.</summary>
    public void Swap(ImmutableDictionary<ConversationKey, ConversationRow> next)
    {
        _current = next;
        _read.TrySetResult();
    }
}
