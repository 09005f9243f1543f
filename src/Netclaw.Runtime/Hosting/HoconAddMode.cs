namespace Akka.Hosting;

/// <summary>Where added configuration goes, relative to what is there.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public enum HoconAddMode
{
    /// <summary>Behind: it answers for keys that are not set yet.</summary>
    Append = 0,

    /// <summary>In front: its keys win.</summary>
    Prepend = 1,

    /// <summary>In place of everything.</summary>
    Replace = 2,
}
