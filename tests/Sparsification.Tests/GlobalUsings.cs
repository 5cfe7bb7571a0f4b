global using CsCheck;
global using SparsePipeline.Checkpoints;
global using SparsePipeline.Contracts;
global using SparsePipeline.TestKit;
