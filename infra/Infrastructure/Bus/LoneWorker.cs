namespace SparsePipeline.Infrastructure.Bus;

/// <summary>A worker service in a process of its own.</summary>
public static class LoneWorker
{
    /// <summary>Exit code for a configuration a program cannot work with (EX_CONFIG of sysexits.h).</summary>
    public const int SharedBusRequired = 78;

    /// <summary>Says why a lone worker does not start: the in-memory bus, the only one so far, ends at its own process.</summary>
    /// <param name="name">The service.</param>
    /// <param name="error">Where to say it.</param>
    /// <returns>The exit code.</returns>
    public static int Refuse(string name, TextWriter error)
    {
        error.WriteLine($"The {name} was not started: alone in a process it needs a bus that other processes share, and " +
            $"'{BusOptions.InMemory}', the only transport of this version, has none. Start all workers together with 'sparsepipe run RECIPE'.");
        return SharedBusRequired;
    }
}
