using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Runs;

/// <summary>States of steps as they are written in output.</summary>
internal static class StepStates
{
    public static string Text(ForecastState state) => state switch
    {
        ForecastState.Cached => "cached",
        ForecastState.WillRun => "will-run",
        ForecastState.InputsChange => "inputs-change",
        ForecastState.Failed => "failed",
        _ => "unreachable",
    };

    public static string Text(StepState state) => state switch
    {
        StepState.Done => "done",
        StepState.Failed => "failed",
        StepState.Ready => "ready",
        StepState.Waiting => "waiting",
        _ => "unreachable",
    };
}
