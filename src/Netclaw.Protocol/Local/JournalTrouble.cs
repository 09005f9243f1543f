namespace Netclaw.Protocol;

/// <summary>How the journal of a running daemon failed, in a word, and the one command that leads out. The word goes over the wire; the command is the reader's own, since people run what they are told to.</summary>
public static class JournalTrouble
{
    /// <summary>A record is not what was written.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>A write failed. Nothing is damaged and nothing is lost; the journal is read anew by the next daemon, once the disk takes it.</summary>
    public const string Stopped = "stopped";

    /// <summary>Its server is out of reach, or was when something was written; the daemon goes on by itself when it is back.</summary>
    public const string Away = "away";

    public static string Remedy(string? state) => state switch
    {
        Unreadable => "netclaw backup restore <file>",
        Stopped => "netclaw down && netclaw up",
        _ => "netclaw logs",
    };
}
