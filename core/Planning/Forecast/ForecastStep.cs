namespace SparsePipeline.Planning;

/// <summary>One step of a forecast.</summary>
/// <param name="Node">Its place in the run.</param>
/// <param name="Kind">One of <see cref="Contracts.StepKinds"/>.</param>
/// <param name="State">Whether it will run.</param>
/// <param name="Epochs">Training epochs it will cost; 0 when it will not run.</param>
/// <param name="Seconds">Estimated compute time; null when nothing like it was measured, 0 when it will not run.</param>
/// <param name="Bytes">Estimated size of its outputs; null when nothing like it was stored, 0 when it will not run.</param>
public sealed record ForecastStep(string Node, string Kind, ForecastState State, int Epochs, double? Seconds, long? Bytes)
{
    public bool Runs => State is ForecastState.WillRun or ForecastState.InputsChange;
}
