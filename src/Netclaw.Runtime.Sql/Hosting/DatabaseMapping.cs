namespace Akka.Persistence.Sql.Hosting;

/// <summary>Whose table and column names are used. Here only <see cref="Default"/>.</summary>
/// <remarks>Akka.NET documentation, "Akka.Persistence.Sql".</remarks>
public enum DatabaseMapping
{
    /// <summary>The names of Akka.Persistence.Sql itself.</summary>
    Default = 0,
    /// <summary>The names of the older SQLite plugin.</summary>
    Sqlite = 1,
    /// <summary>The names of the older SQL Server plugin.</summary>
    SqlServer = 2,
    /// <summary>The names of the older PostgreSQL plugin.</summary>
    PostgreSql = 3,
    /// <summary>The names of the older MySQL plugin.</summary>
    MySql = 4,
}
