using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests;

public class CommandLoopTests
{
    [Fact]
    public void A_runner_greets_with_its_protocol_version_and_ends_with_its_input()
    {
        Run("").ShouldHaveSingleItem().ShouldBe(new RunnerEvent { Type = RunnerEvent.Ready, Version = RunnerProtocol.Version });
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"dance\",\"id\":1}")]
    [InlineData("{\"type\":\"cancel\",\"id\":7}")]
    public void A_line_that_means_nothing_is_ignored(string line) => Run(line + "\n").Count.ShouldBe(1);

    private static List<RunnerEvent> Run(string commands)
    {
        var output = new MemoryStream();
        new CommandLoop(new JobTable([]), new MemoryStream(RunnerProtocol.Encoding.GetBytes(commands)), new EventWriter(output)).Run();
        return [.. RunnerProtocol.Encoding.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => RunnerProtocol.Read<RunnerEvent>(line)!)];
    }
}
