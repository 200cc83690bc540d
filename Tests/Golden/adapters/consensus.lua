-- Blocks that fill up.
return {
  hcfl_tx_per_block = function(x)
    local filling = consensus.block_filling{
      rates = x.rates, block_time = x.block_time, capacity = x.capacity, blocks = x.blocks,
    }
    return { mean_tx = filling.mean, fluid = filling.fluid }
  end,
}
