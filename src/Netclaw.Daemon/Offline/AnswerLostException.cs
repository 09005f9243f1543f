namespace Netclaw.Daemon.Offline;

/// <summary>The answer of a verb could not be written; what the verb was to do is another matter.</summary>
internal sealed class AnswerLostException(string message, int error) : IOException(message, error)
{
    private const int BrokenPipe = 32;

    /// <summary>Whoever asked has gone.</summary>
    public bool NobodyReads => HResult == BrokenPipe;
}
