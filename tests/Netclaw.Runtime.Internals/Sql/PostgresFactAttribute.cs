using Netclaw.Runtime.Contract.Persistence;

namespace Netclaw.Runtime.Internals.Sql;

/// <summary>A test of PostgreSQL alone; skipped, with the reason, where there is no server.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresCluster.Missing!;
}
