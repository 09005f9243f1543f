namespace Akka.Actor;

/// <summary>Something of which a system has one.</summary>
/// <remarks>Akka.NET documentation, "Akka.NET Extensions".</remarks>
public interface IExtension
{
}

/// <summary>Makes an extension.</summary>
/// <remarks>Akka.NET documentation, "Akka.NET Extensions".</remarks>
public interface IExtensionId
{
    /// <summary>By which the extension is known.</summary>
    Type ExtensionType { get; }

    /// <summary>The extension of the system; made when nobody has.</summary>
    object Apply(ActorSystem system);

    /// <summary>The extension of the system; made when nobody has.</summary>
    object Get(ActorSystem system);

    /// <summary>Called once per system.</summary>
    object CreateExtension(ExtendedActorSystem system);
}

/// <inheritdoc/>
/// <remarks>Akka.NET documentation, "Akka.NET Extensions".</remarks>
public interface IExtensionId<out T> : IExtensionId
    where T : IExtension
{
    /// <summary>The extension of the system; made when nobody has.</summary>
    new T Apply(ActorSystem system);

    /// <summary>The extension of the system; made when nobody has.</summary>
    new T Get(ActorSystem system);

    /// <summary>Called once per system.</summary>
    new T CreateExtension(ExtendedActorSystem system);
}

/// <summary>Base of extension makers.</summary>
/// <remarks>Akka.NET documentation, "Akka.NET Extensions".</remarks>
public abstract class ExtensionIdProvider<T> : IExtensionId<T>
    where T : IExtension
{
    /// <summary>For the id of one extension.</summary>
    protected ExtensionIdProvider()
    {
    }

    /// <inheritdoc/>
    public Type ExtensionType => typeof(T);

    /// <summary>The system's extension; made on first use.</summary>
    public T Apply(ActorSystem system) => (T)system.RegisterExtension(this);

    object IExtensionId.Apply(ActorSystem system) => Apply(system);

    /// <summary>The system's extension, which must be registered already.</summary>
    public T Get(ActorSystem system) => (T)system.GetExtension(this);

    object IExtensionId.Get(ActorSystem system) => Get(system);

    /// <inheritdoc/>
    public abstract T CreateExtension(ExtendedActorSystem system);

    object IExtensionId.CreateExtension(ExtendedActorSystem system) => CreateExtension(system);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExtensionIdProvider<T>;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(T).GetHashCode();
}

/// <summary>Extensions by their type.</summary>
/// <remarks>Akka.NET documentation, "Akka.NET Extensions".</remarks>
public static class ActorSystemWithExtensions
{
    /// <summary>The extension, made by a new <typeparamref name="TI"/> if it is not there yet.</summary>
    public static T WithExtension<T, TI>(this ActorSystem system)
        where T : class, IExtension
        where TI : IExtensionId => system.WithExtension<T>(typeof(TI));

    /// <summary>The extension, made by a new instance of the id type if it is not there yet.</summary>
    public static T WithExtension<T>(this ActorSystem system, Type extensionId)
        where T : class, IExtension =>
        system.TryGetExtension<T>(out var found) ? found : (T)system.RegisterExtension((IExtensionId)Activator.CreateInstance(extensionId)!);

    /// <summary>The extension of the system; made when nobody has.</summary>
    public static T WithExtension<T>(this ActorSystem system)
        where T : class, IExtension => system.GetExtension<T>();
}
