using System.Collections.Immutable;

namespace Netclaw.Daemon.Examining;

/// <summary>All sections of <c>netclawd offline examine</c>, in the order in which they are told.</summary>
internal static class ExamineSections
{
    public static ImmutableArray<IExamineSection> All { get; } =
    [
        new ConfigurationSection(),
        new ExposureSection(),
        new TunnelSection(),
        new KeysSection(),
        new JournalSection(),
        new RecordsSection(),
        new LocalAccessSection(),
        new RuntimeSection(),
    ];
}
