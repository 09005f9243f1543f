namespace Akka.Persistence.Sql.Config;

/// <summary>Where tags are stored. Here only <see cref="TagTable"/>.</summary>
public enum TagMode
{
    Csv = 1,
    TagTable = 2,
    Both = 3,
}
