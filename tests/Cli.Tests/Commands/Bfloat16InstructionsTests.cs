using SparsePipeline.Cli.Doctor;

namespace SparsePipeline.Cli.Tests.Commands;

public sealed class Bfloat16InstructionsTests
{
    [Theory]
    [InlineData("flags\t\t: fpu avx512_bf16 amx_bf16", "AMX, so trainings with precision bfloat16 are faster than with float32")]
    [InlineData("flags\t\t: fpu avx512f avx512_bf16", "AVX-512 BF16, so trainings with precision bfloat16 are faster than with float32")]
    [InlineData("flags\t\t: fpu avx512f", "neither AVX-512 BF16 nor AMX, so trainings with precision bfloat16 are slower than with float32")]
    [InlineData("processor\t: 0", "neither AVX-512 BF16 nor AMX, so trainings with precision bfloat16 are slower than with float32")]
    public void Doctor_says_what_bfloat16_would_cost_here_and_faults_nobody_for_it(string line, string detail)
    {
        var finding = Bfloat16Instructions.Look(["processor\t: 0", line]);

        (finding.IsGood, finding.Detail).ShouldBe((true, detail));
    }
}
