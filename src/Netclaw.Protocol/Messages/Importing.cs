using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>
/// Method <c>device.import</c>: devices of an earlier gateway, on the control socket alone. Each entry is answered by one row, in order; asking again changes
/// nothing more.
/// </summary>
/// <param name="Entries">At most <see cref="MostEntries"/>.</param>
/// <param name="DryRun">Decide, and change nothing.</param>
public sealed record ImportParams(ImmutableArray<ImportEntry> Entries, bool DryRun = false)
{
    public const string Method = "device.import";

    /// <summary>In one call: one atomic write.</summary>
    public const int MostEntries = 200;
}

/// <summary>One entry of a file: a legacy device or one with a key, never both.</summary>
public sealed record ImportEntry
{
    /// <summary>Where it stands, for a person; repeated in its row.</summary>
    public required string From { get; init; }

    public LegacyEntry? Legacy { get; init; }

    public KeyedEntry? Keyed { get; init; }

    /// <summary>What the reader has to say of it beside; goes into its row.</summary>
    public string? Note { get; init; }
}

/// <summary>A device that an earlier gateway knew by a bearer token alone.</summary>
public sealed record LegacyEntry(string Name, SaltedHash Token, bool IsBootstrapDevice = false, long? CreatedAtMs = null, long? LastUsedAtMs = null);

/// <summary>A device that has a key.</summary>
/// <param name="Tokens">As hashes, like the registry's own: base64url of the SHA-256 of the token's text.</param>
public sealed record KeyedEntry(
    string Name, PublicKey PublicKey, ImmutableArray<Role> Roles, ScopeSet Scopes, string? Platform = null, long? PairedAtMs = null, long? LastSeenMs = null,
    ImmutableArray<KeyedToken>? Tokens = null);

public sealed record KeyedToken(Role Role, string Sha256, ScopeSet Scopes, long? IssuedAtMs = null);

/// <summary>What became of one entry.</summary>
/// <param name="Outcome">kept, present (was here already; nothing changed), notKept or noted.</param>
/// <param name="Name">What it is called here.</param>
/// <param name="Id">A device's or a legacy device's id.</param>
/// <param name="Reason">Why it was not kept, or what else there is to say.</param>
public sealed record ImportRow(string From, string Outcome, string? Name = null, string? Id = null, string? Reason = null)
{
    public const string Kept = "kept";
    public const string Present = "present";
    public const string NotKept = "notKept";

    /// <summary>Not an entry that could be kept: said so that nothing is passed over in silence.</summary>
    public const string Noted = "noted";
}

public sealed record ImportResult(ImmutableArray<ImportRow> Rows);

/// <summary>What the files say, read and checked; nothing is changed by it. <c>netclawd offline import-read</c> says it.</summary>
public sealed record ImportReading(ImmutableArray<ImportedFile> Files, ImmutableArray<ImportItem> Items);

/// <summary>One file that was read whole.</summary>
/// <param name="Kind">legacy-devices, legacy-secrets, legacy-bootstrap, paired-devices or pending-requests.</param>
/// <param name="Warning">What its owner should know about it.</param>
public sealed record ImportedFile(string Path, string Kind, string? Warning = null);

/// <summary>In the order of the files: an entry for the registry to decide, or what is decided already.</summary>
public sealed record ImportItem(ImportEntry? Entry = null, ImportRow? Row = null);

/// <summary>What became of everything: a row for each item, in order.</summary>
public sealed record ImportReport(bool DryRun, ImmutableArray<ImportedFile> Files, ImmutableArray<ImportRow> Rows, int Kept, int Present, int NotKept)
{
    /// <param name="decided">The registry's rows, in the order of the entries.</param>
    public static ImportReport Of(ImportReading reading, IEnumerable<ImportRow> decided, bool dryRun)
    {
        using var next = decided.GetEnumerator();
        ImmutableArray<ImportRow> rows = [.. reading.Items.Select(item => item.Row ?? (next.MoveNext() ? next.Current : new ImportRow(item.Entry!.From, ImportRow.NotKept, Reason: "the gateway gave no answer about it")))];
        return new ImportReport(dryRun, reading.Files, rows, Count(rows, ImportRow.Kept), Count(rows, ImportRow.Present), Count(rows, ImportRow.NotKept));
    }

    private static int Count(ImmutableArray<ImportRow> rows, string outcome) => rows.Count(row => row.Outcome == outcome);
}

/// <summary>A legacy device that waits for its key, as <c>device.pair.list</c> shows it.</summary>
/// <param name="EnrolledAs">With <c>all</c>: the device that its token was spent on.</param>
/// <param name="RemovedAtMs">With <c>all</c>: taken back before its token was used.</param>
public sealed record LegacyDeviceRow(
    LegacyDeviceId LegacyId, string Name, bool IsBootstrapDevice, long ImportedAtMs, long? CreatedAtMs = null, long? LastUsedAtMs = null,
    DeviceId? EnrolledAs = null, long? RemovedAtMs = null);

/// <summary>Method <c>device.legacy.remove</c>: its token opens nothing from now on, and no import brings it back.</summary>
public sealed record LegacyRemoveParams(LegacyDeviceId LegacyId, string? Reason = null)
{
    public const string Method = "device.legacy.remove";
}

public sealed record LegacyRemoveResult(LegacyDeviceId LegacyId, string Name);
