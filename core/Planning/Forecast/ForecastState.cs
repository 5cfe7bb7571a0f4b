namespace SparsePipeline.Planning;

/// <summary>What a run would do with one of its steps.</summary>
public enum ForecastState
{
    /// <summary>Its result exists: it costs nothing.</summary>
    Cached,

    /// <summary>Its inputs exist and its result does not: it will run.</summary>
    WillRun,

    /// <summary>Its inputs change or do not exist yet, so its key is unknown: it will run unless they turn out equal to earlier ones.</summary>
    InputsChange,

    /// <summary>It failed for good earlier, and trying again would give the same.</summary>
    Failed,

    /// <summary>It cannot run, because something it needs failed.</summary>
    Unreachable,
}
