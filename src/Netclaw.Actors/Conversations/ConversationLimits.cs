namespace Netclaw.Actors.Conversations;

/// <summary>What conversations may take.</summary>
public static class ConversationLimits
{
    /// <summary>One message, as UTF-8.</summary>
    public const int MessageBytes = 256 * 1024;

    /// <summary>Conversations that are not deleted.</summary>
    public const int Conversations = 100_000;

    /// <summary>Turns of one conversation that run or wait.</summary>
    public const int OpenTurns = 16;

    /// <summary>Messages of one transcript that are held in memory; older ones are read from the journal.</summary>
    public const int HeldMessages = 2_000;

    /// <summary>As <see cref="HeldMessages"/>, in characters.</summary>
    public const int HeldCharacters = 4 * 1024 * 1024;

    /// <summary>Turns that are over and whose run is still known, so that it is not started again.</summary>
    public const int KnownTurns = 256;

    /// <summary>What of a transcript an agent is told, the latest of it.</summary>
    public const int HistoryMessages = 200;

    /// <summary>As <see cref="HistoryMessages"/>, in characters.</summary>
    public const int HistoryCharacters = 200_000;

    /// <summary>Of one answer; an agent that says more is stopped.</summary>
    public const int AnswerCharacters = 1024 * 1024;

    /// <summary>Of what a tool answered, in the transcript.</summary>
    public const int ToolCharacters = 4 * 1024;

    /// <summary>Tools' answers of one turn in the transcript; the last of them.</summary>
    public const int ToolAnswers = 64;

    /// <summary>Messages in one page of a history.</summary>
    public const int PageMessages = 1_000;

    /// <summary>As <see cref="PageMessages"/>, in characters: one answer must fit into one message.</summary>
    public const int PageCharacters = 2 * 1024 * 1024;

    public const int LabelCharacters = 512;

    /// <summary>Of the last message, in lists.</summary>
    public const int PreviewCharacters = 160;

    /// <summary>Of what names a run or makes a message one of a kind.</summary>
    public const int NameCharacters = 256;

    /// <summary>Conversations whose messages one connection may be told.</summary>
    public const int Subscriptions = 256;

    /// <summary>A turn that does not say how long it may take.</summary>
    public static readonly TimeSpan TurnTimeout = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan LongestTurn = TimeSpan.FromHours(24);

    /// <summary>What an agent that was told to stop may still take; then it is no longer listened to.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);
}

/// <summary>How long a conversation that nobody uses stays in memory.</summary>
public sealed record ConversationPace(TimeSpan IdleAfter)
{
    public static ConversationPace Default { get; } = new(TimeSpan.FromMinutes(2));
}
