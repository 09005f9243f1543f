using Netclaw.Protocol;

namespace Netclaw.Daemon.Importing;

/// <summary><c>bootstrap-state.json</c>: how far the earlier gateway had come in setting itself up. This gateway goes by its own journal.</summary>
internal static class BootstrapFile
{
    public const string Kind = "legacy-bootstrap";

    public static ImportItem Item(JsonFile file, JsonSpot.Group state) => new(Row: new ImportRow(
        file.Name, ImportRow.Noted, Reason:
        $"was read and not taken over ({(state.Members.IsEmpty ? "nothing in it" : string.Join(", ", state.Members.Select(member => member.Key)))}): how far this gateway is set up stands in its own journal"));
}
