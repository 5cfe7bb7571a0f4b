namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The broker neither took nor refused a message in time; whether it arrived is not known, and another try does no harm.</summary>
/// <param name="what">The message.</param>
/// <param name="seconds">How long was waited.</param>
/// <param name="inner">What the bus said when it was told to give up.</param>
public sealed class BusSilentException(string what, double seconds, Exception inner) : IOException(
    $"The broker did not confirm {what} within {seconds:0.###} s (Bus:ConfirmSeconds). A sweep makes up for it; if this goes on, look at the broker.", inner);
