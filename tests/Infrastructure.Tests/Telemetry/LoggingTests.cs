using SparsePipeline.Infrastructure.Tests.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Telemetry;

public class LoggingTests
{
    [Fact]
    public async Task The_log_names_run_and_step_and_leaves_standard_output_to_results()
    {
        using var store = new TemporaryStore();
        using var process = new SecondProcess("log", store);

        var (output, errors) = await process.ListenAsync();

        output.ShouldBeEmpty();
        errors.ShouldContain("WRN StoreProcess A line");
        errors.ShouldContain("\"RunId\": \"run-1\"");
        errors.ShouldContain("\"StepKey\": \"key-1\"");
    }
}
