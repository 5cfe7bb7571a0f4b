using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;

namespace SparsePipeline.Learning.Tests.Models;

public sealed class LeNet5Tests
{
    [Fact]
    public void It_has_the_61_706_parameters_of_the_literature()
    {
        using var network = new LeNet5Network(new InputShape(1, 28, 28), 10);

        network.parameters().Sum(p => p.numel()).ShouldBe(61_706);
    }

    [Fact]
    public void Images_too_small_for_its_convolutions_are_refused()
    {
        var architecture = new LeNet5Architecture();

        Should.Throw<DomainException>(() => architecture.Build(new InputShape(1, 8, 8), 10, new OptionValues(architecture.Info, null)))
            .Failure.Reason.ShouldBe("Model lenet5 needs images of at least 12×12, but the data has 1×8×8.");
    }
}
