namespace Akka.Persistence.Sql.Config;

/// <summary>Where tags are stored. Here only <see cref="TagTable"/>.</summary>
/// <remarks>Akka.NET documentation, "Akka.Persistence.Sql".</remarks>
public enum TagMode
{
    /// <summary>In one column of the journal, separated.</summary>
    Csv = 1,
    /// <summary>In a table of their own; the default here.</summary>
    TagTable = 2,
    /// <summary>In both places, for a migration.</summary>
    Both = 3,
}
