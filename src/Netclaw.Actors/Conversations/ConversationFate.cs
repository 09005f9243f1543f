namespace Netclaw.Actors.Conversations;

/// <summary>
/// Why a conversation's actor stops, where the catalogue stops it: said before it is stopped, read by what stops, so that turns which go with their conversation are not taken for lost ones. Thread-safe.
/// </summary>
public sealed class ConversationFate
{
    private volatile string? _endedBy;

    /// <summary>As its open turns are told: the stop reason of a chat event; null: nobody ended it.</summary>
    public string? EndedBy
    {
        get => _endedBy;
        set => _endedBy = value;
    }
}
