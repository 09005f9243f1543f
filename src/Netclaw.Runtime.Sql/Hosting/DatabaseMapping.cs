namespace Akka.Persistence.Sql.Hosting;

/// <summary>Whose table and column names are used. Here only <see cref="Default"/>.</summary>
public enum DatabaseMapping
{
    Default = 0,
    Sqlite = 1,
    SqlServer = 2,
    PostgreSql = 3,
    MySql = 4,
}
