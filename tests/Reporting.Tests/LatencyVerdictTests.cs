using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Tests;

public sealed class LatencyVerdictTests
{
    [Fact]
    public void It_says_that_it_pays_and_in_which_layers() =>
        LatencyVerdict.Of(new LatencyReport("a machine", 2, 64, [Layer(30e-6, 10e-6), Layer(5e-6, 8e-6), Layer(7e-6, null)])).ShouldBe(
            "On this machine, with 2 threads and a batch of 64, leaving zeros out pays: the layers take 25.0 µs in all where dense ones take 42.0 µs; "
            + "it is faster in 1 of 3 layers, and 22.0 µs is what each layer's faster way adds up to. "
            + "Run sparse: 2 of 3 layers; both ways agree to 2.0e-6.");

    [Fact]
    public void What_is_computed_wrongly_is_not_praised_for_its_speed() =>
        LatencyVerdict.Of(new LatencyReport("a machine", 1, 1, [Layer(30e-6, 10e-6) with { Difference = 2e-4 }])).ShouldBe(
            "Leaving zeros out computes 'fc' wrongly on this machine, 2.0e-4 off: its times mean nothing. Please report it.");

    [Fact]
    public void It_says_that_it_does_not() =>
        LatencyVerdict.Of(new LatencyReport("a machine", 1, 1, [Layer(10e-6, 30e-6)])).ShouldStartWith("On this machine, with 1 thread and a batch of 1, leaving zeros out does not pay:");

    private static LayerLatency Layer(double dense, double? sparse) => new("fc", 100, 10, dense, sparse, sparse is null ? null : 2e-6);
}
