namespace Netclaw.Runtime.Sql.Store;

/// <summary>A flush did not complete: none of its writes may be acknowledged, and it is never tried again.</summary>
internal sealed class FlushFailedException(string database, Exception cause)
    : Exception($"{database}: writing failed: {cause.Message} Nothing of this write was acknowledged.", cause);
