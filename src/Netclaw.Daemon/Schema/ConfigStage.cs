namespace Netclaw.Daemon.Schema;

/// <summary>At which stage of reading netclaw.json something turned out to be wrong.</summary>
public enum ConfigStage
{
    /// <summary>What a value means, alone or beside others: nothing that the schema can see.</summary>
    Meaning,

    /// <summary>The shape: what the schema sees too.</summary>
    Shape,

    /// <summary>A key that stands twice: JSON parsers drop one of them before a schema sees either.</summary>
    Duplicate,
}
