namespace Netclaw.Runtime.Sql.Store;

/// <summary>A stored record cannot be turned back into an object. Names the place; nothing was changed.</summary>
internal sealed class UnreadableRecordException(string persistenceId, long sequenceNr, string what, Exception cause)
    : Exception($"The {what} of {persistenceId} at sequence {sequenceNr} cannot be read: {cause.Message}", cause);
