using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Postgres;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>Where the connection string may come from, and that it is never shown, right or wrong.</summary>
public sealed class PostgresSettingsTests : IDisposable
{
    private const string Canary = "canary-55d0";
    private const string Good = $"Host=db.example;Database=nc;Username=nc;Password={Canary}";

    private readonly TemporaryHome _temporary = new();
    private readonly StartProblems _problems = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Serves_FromAPrivateFile()
    {
        var settings = Read("""{"persistence":{"provider":"PostgreSQL","connectionStringFile":"pg"}}""", Good);

        Assert.Equal("PostgreSQL db.example:5432/nc", settings!.Place);
        Assert.Contains(Canary, settings.Journal.Reveal(), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, $"{settings} {settings.Place} {settings.Journal} {settings.Lease}", StringComparison.Ordinal);
    }

    [Fact]
    public void Serves_FromTheEnvironment() =>
        Assert.Equal("PostgreSQL db.example:5432/nc", Read("""{"persistence":{"provider":"postgresql"}}""", null, Good)!.Place);

    [Fact]
    public void Refuses_AFileThatIsOpenToOthers()
    {
        _temporary.WriteConfig("{}");
        var file = Path.Combine(_temporary.Home.Root, "open");
        File.WriteAllText(file, Good);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Null(PostgresSettings.Read(_temporary.Home, new PersistenceOptions { Provider = "postgresql", ConnectionStringFile = "open" }, _ => null, _problems));

        Assert.Contains("must be 0600", Assert.Single(_problems.Found).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData($"postgresql://nc:{Canary}@db.example/nc")]
    [InlineData($"Host=db.example;Pasword={Canary}")]
    [InlineData($"Host=db.example;Password=a;{Canary}")]
    [InlineData($"Host=db.example;Port={Canary}")]
    [InlineData($"Host=a,b;Password={Canary}")]
    [InlineData($"Database=nc;Password={Canary}")]
    public void Refuses_WhatCannotServe_WithoutShowingIt(string? text)
    {
        Assert.Null(Read("""{"persistence":{"provider":"postgresql"}}""", null, text));

        var problem = Assert.Single(_problems.Found);
        Assert.Equal((RefusalCode.ConfigInvalid, PostgresSettings.Variable), (problem.Code, problem.Key));
        Assert.DoesNotContain(Canary, StartReport.Render(_problems, asJson: false) + StartReport.Render(_problems, asJson: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($$$"""{"persistence":{"connectionString":"{{{Good}}}"}}""", "persistence.connectionString")]
    [InlineData($$$"""{"persistence":{"connectionStringFile":"{{{Good}}}","provider":"postgresql"}}""", "persistence.connectionStringFile")]
    [InlineData($$$"""{"persistence":{"password":"{{{Canary}}}"}}""", "persistence.password")]
    [InlineData($$$"""{"persistence":{"provider":"{{{Good}}}"}}""", "persistence.provider")]
    [InlineData($$$"""{"persistence":"{{{Good}}}"}""", "persistence")]
    public void Refuses_ASecretInNetclawJson_WithoutShowingIt(string json, string key)
    {
        _temporary.WriteConfig(json);
        ConfigFile.Load(_temporary.Home, null, _problems);

        var problem = Assert.Single(_problems.Found);
        Assert.Equal((RefusalCode.ConfigInvalid, key), (problem.Code, problem.Key));
        Assert.DoesNotContain(Canary, StartReport.Render(_problems, asJson: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_AFileThatNobodyReads()
    {
        _temporary.WriteConfig("""{"persistence":{"connectionStringFile":"pg"}}""");
        ConfigFile.Load(_temporary.Home, null, _problems);

        Assert.Contains("SQLite needs no connection string", Assert.Single(_problems.Found).Message, StringComparison.Ordinal);
    }

    private PostgresSettings? Read(string config, string? file, string? variable = null)
    {
        _temporary.WriteConfig(config);
        if (file is not null)
        {
            PrivateFile.WriteAtomically(Path.Combine(_temporary.Home.Root, "pg"), System.Text.Encoding.UTF8.GetBytes(file));
        }

        var options = ConfigFile.Load(_temporary.Home, null, _problems);
        return PostgresSettings.Read(_temporary.Home, options.Persistence, name => name == PostgresSettings.Variable ? variable : null, _problems);
    }
}
