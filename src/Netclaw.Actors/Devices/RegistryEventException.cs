namespace Netclaw.Actors.Devices;

/// <summary>A stored event that cannot follow the ones before it: a damaged journal or a defect, never something to skip.</summary>
public sealed class RegistryEventException(RegistryEvent @event, string why)
    : Exception($"{@event.GetType().Name} cannot follow: {why}");
