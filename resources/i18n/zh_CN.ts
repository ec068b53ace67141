<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
<context>
    <name>AccountLog</name>
    <message>
        <source>YYYY-MM-DD HH:MM</source>
        <translation>YYYY-MM-DD HH:MM</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Dose</source>
        <translation>剂次</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>增减</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>结存</translation>
    </message>
    <message>
        <source>Recorded by</source>
        <translation>记录人</translation>
    </message>
    <message>
        <source>By kit type</source>
        <translation>按药盒类型</translation>
    </message>
    <message>
        <source>By lot</source>
        <translation>按批号</translation>
    </message>
    <message>
        <source>By subject</source>
        <translation>按受试者</translation>
    </message>
    <message>
        <source>Whole site</source>
        <translation>全中心</translation>
    </message>
    <message>
        <source>all kits</source>
        <translation>全部药盒</translation>
    </message>
    <message>
        <source>as of: now</source>
        <translation>截至：现在</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>NCI DARF layout</source>
        <translation>NCI DARF 格式</translation>
    </message>
    <message>
        <source>Chinese layout</source>
        <translation>中国格式</translation>
    </message>
    <message>
        <source>Layout of the paper</source>
        <translation>打印格式</translation>
    </message>
    <message>
        <source>What the log is of</source>
        <translation>清点范围</translation>
    </message>
    <message>
        <source>Which one</source>
        <translation>具体对象</translation>
    </message>
    <message>
        <source>{count} movements</source>
        <translation>共 {count} 条</translation>
    </message>
    <message>
        <source>Accountability log</source>
        <translation>清点记录</translation>
    </message>
    <message>
        <source>{out} dispensed, {back} returned or wasted</source>
        <translation>发放 {out}，回收或报废 {back}</translation>
    </message>
    <message>
        <source>Balance {a} as of {when}</source>
        <translation>截至 {when} 结存 {a}</translation>
    </message>
    <message>
        <source>Balance {a} = shelf {b}</source>
        <translation>结存 {a} = 实存 {b}</translation>
    </message>
    <message>
        <source>Balance {a} ≠ shelf {b}</source>
        <translation>结存 {a} ≠ 实存 {b}</translation>
    </message>
    <message>
        <source>Print the log…</source>
        <translation>打印清点记录…</translation>
    </message>
</context>
<context>
    <name>AccountPage</name>
    <message>
        <source>Account</source>
        <translation>清点</translation>
    </message>
    <message>
        <source>balance = what is on the shelf</source>
        <translation>结存 = 实存</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>清点记录</translation>
    </message>
    <message>
        <source>Back from the ward</source>
        <translation>病区回收</translation>
    </message>
    <message>
        <source>To dispose of</source>
        <translation>待处置</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>处置清单</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>结账</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Deviations</source>
        <translation>方案偏离</translation>
    </message>
    <message>
        <source>Near misses</source>
        <translation>险失</translation>
    </message>
</context>
<context>
    <name>ActDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Type the day as YYYY-MM-DD.</source>
        <translation>请按 YYYY-MM-DD 录入日期。</translation>
    </message>
</context>
<context>
    <name>AddUnitDialog</name>
    <message>
        <source>Add a storage unit</source>
        <translation>添加储存设备</translation>
    </message>
</context>
<context>
    <name>AdviceDialog</name>
    <message>
        <source>Advice of shipment {shipment}</source>
        <translation>货件 {shipment} 的发货通知</translation>
    </message>
    <message>
        <source>The sponsor&apos;s message that it came with</source>
        <translation>随附的申办者消息</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Record the advice</source>
        <translation>登记发货通知</translation>
    </message>
    <message>
        <source>As it was read</source>
        <translation>读取结果</translation>
    </message>
    <message>
        <source>{count} kits</source>
        <translation>{count} 盒</translation>
    </message>
    <message>
        <source>Despatched</source>
        <translation>发出时间</translation>
    </message>
    <message>
        <source>Logger</source>
        <translation>记录仪</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>This is recorded: fill it in.</source>
        <translation>此项将被记录，请填写。</translation>
    </message>
</context>
<context>
    <name>AlarmsCard</name>
    <message>
        <source>Alarms ({count})</source>
        <translation>警报（{count}）</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>Nothing wants attention.</source>
        <translation>暂无需要处理的事项。</translation>
    </message>
    <message>
        <source>The clock was set back</source>
        <translation>时钟被回拨</translation>
    </message>
    <message>
        <source>The last act was recorded at {when}.</source>
        <translation>最后一次记录时间为 {when}。</translation>
    </message>
    <message>
        <source>Dose {dose}: time is over</source>
        <translation>剂次 {dose}：已超时</translation>
    </message>
    <message>
        <source>Use before {when} has passed.</source>
        <translation>使用截止时间 {when} 已过。</translation>
    </message>
    <message>
        <source>Kits in quarantine: {count}</source>
        <translation>隔离药盒：{count} 盒</translation>
    </message>
    <message>
        <source>They wait for the sponsor&apos;s decision.</source>
        <translation>等待申办方决定。</translation>
    </message>
    <message>
        <source>Dose {dose}: verify later</source>
        <translation>剂次 {dose}：待事后复核</translation>
    </message>
    <message>
        <source>Second person&apos;s check until {when}.</source>
        <translation>第二人须于 {when} 前完成复核。</translation>
    </message>
    <message>
        <source>Deviation open: {record}</source>
        <translation>未关闭的偏差：{record}</translation>
    </message>
    <message>
        <source>{unit}: no daily check</source>
        <translation>{unit}：未做每日检查</translation>
    </message>
    <message>
        <source>Days missed: {count}, since {when}.</source>
        <translation>漏检 {count} 天，自 {when} 起。</translation>
    </message>
    <message>
        <source>No backup for over a day</source>
        <translation>超过一天未备份</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>尚未备份</translation>
    </message>
    <message>
        <source>Last one {when}.</source>
        <translation>最近一次：{when}。</translation>
    </message>
    <message>
        <source>The promise to the ward no longer holds</source>
        <translation>对病区的承诺已不成立</translation>
    </message>
    <message>
        <source>Promised {when}. Restock or withdraw it.</source>
        <translation>承诺于 {when} 作出。请补货或撤回。</translation>
    </message>
    <message>
        <source>The disk is nearly full</source>
        <translation>磁盘空间即将用尽</translation>
    </message>
    <message>
        <source>No new preparation below 100 MB.</source>
        <translation>低于 100 MB 时不得开始新的配制。</translation>
    </message>
    <message>
        <source>Excursion {case}: {count} kits wait</source>
        <translation>温度超限 {case}：{count} 盒等待决定</translation>
    </message>
    <message>
        <source>Opened {when}.</source>
        <translation>立案时间 {when}。</translation>
    </message>
    <message>
        <source>Over-labels due: blinded lot {lot}</source>
        <translation>待加贴补充标签：盲态批次 {lot}</translation>
    </message>
    <message>
        <source>The later expiry holds once they are on.</source>
        <translation>加贴后延长的有效期方生效。</translation>
    </message>
    <message>
        <source>Label {label}: nobody said what became of it</source>
        <translation>标签 {label}：去向未明</translation>
    </message>
    <message>
        <source>Since {when}. Scan it, or say none came out or it is spoiled.</source>
        <translation>自 {when} 起。请扫描，或登记未打印出或已损坏。</translation>
    </message>
    <message>
        <source>Stock count due: {count} boxes</source>
        <translation>需盘点：{count} 个盒</translation>
    </message>
    <message>
        <source>The oldest was last looked through {when}.</source>
        <translation>最早一盒上次盘点于 {when}。</translation>
    </message>
</context>
<context>
    <name>AllocationPanel</name>
    <message>
        <source>UNBLINDED</source>
        <translation>非盲</translation>
    </message>
    <message>
        <source>Open allocation…</source>
        <translation>打开分配…</translation>
    </message>
    <message>
        <source>Unblind as planned…</source>
        <translation>按计划揭盲…</translation>
    </message>
    <message>
        <source>Sealed. The randomisation desk reads out the code.</source>
        <translation>尚未打开。释放码由随机化中心口述。</translation>
    </message>
    <message>
        <source>Opened {when}, entry {entry}</source>
        <translation>{when} 打开，条目 {entry}</translation>
    </message>
    <message>
        <source>I open the allocation of {subject} for {stage}. The entry is bound to this subject for ever.</source>
        <translation>本人打开受试者 {subject} 在{stage}的分配。该条目将永久绑定此受试者。</translation>
    </message>
    <message>
        <source>I record the planned unblinding of {subject} for {stage}.</source>
        <translation>本人登记受试者 {subject} 的 {stage} 按计划揭盲。</translation>
    </message>
</context>
<context>
    <name>AnotherCopyButton</name>
    <message>
        <source>Another copy…</source>
        <translation>补打一份…</translation>
    </message>
    <message>
        <source>Another copy of the label</source>
        <translation>补打标签</translation>
    </message>
    <message>
        <source>The copy there is becomes void: destroy it. A second person signs.</source>
        <translation>现有标签作废并销毁，由第二人签名。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>下一步：签名</translation>
    </message>
    <message>
        <source>A further copy of the label of dose {dose} is needed: {reason}</source>
        <translation>剂次 {dose} 的标签需补打：{reason}</translation>
    </message>
</context>
<context>
    <name>AppearancePanel</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Look at the thawed kit against the light. Choose what you see.</source>
        <translation>对光观察复苏后的药盒，选择所见外观。</translation>
    </message>
    <message>
        <source>Look at the bag against the light. Choose what you see.</source>
        <translation>对光观察输液袋，选择所见外观。</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>可继续</translation>
    </message>
    <message>
        <source>stops the dose</source>
        <translation>停止剂次</translation>
    </message>
    <message>
        <source>Choose one finding.</source>
        <translation>请选择一项。</translation>
    </message>
    <message>
        <source>Remarks (if any)</source>
        <translation>备注（如有）</translation>
    </message>
    <message>
        <source>Record the appearance</source>
        <translation>登记外观</translation>
    </message>
</context>
<context>
    <name>Aside</name>
    <message>
        <source>Out of storage since</source>
        <translation>离库计时</translation>
    </message>
    <message>
        <source>Thawing since</source>
        <translation>复苏已进行</translation>
    </message>
    <message>
        <source>Since thaw</source>
        <translation>复苏后</translation>
    </message>
</context>
<context>
    <name>BandChart</name>
    <message>
        <source>Forecast of the demand against stock in date</source>
        <translation>需求预测与效期内库存</translation>
    </message>
    <message>
        <source>By {day}: {median} needed, most likely {low} to {high}; {stock} in date, {left} left; short in {share} of 100 runs</source>
        <translation>至 {day}：需要 {median}，很可能为 {low} 至 {high}；效期内 {stock}，剩余 {left}；100次中缺货 {share} 次</translation>
    </message>
    <message>
        <source>demand, middle of all runs</source>
        <translation>需求（中位）</translation>
    </message>
    <message>
        <source>80 of 100 runs</source>
        <translation>100次中80次</translation>
    </message>
    <message>
        <source>95 of 100 runs</source>
        <translation>100次中95次</translation>
    </message>
    <message>
        <source>stock in date</source>
        <translation>效期内库存</translation>
    </message>
    <message>
        <source>order at {count} left</source>
        <translation>剩 {count} 盒时订货</translation>
    </message>
    <message>
        <source>short by {day} (5 of 100 runs)</source>
        <translation>{day} 缺货（100次中5次）</translation>
    </message>
</context>
<context>
    <name>BenchPage</name>
    <message>
        <source>Stop dose…</source>
        <translation>停止剂次…</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>暂离</translation>
    </message>
    <message>
        <source>Subject {subject} · {visit}</source>
        <translation>受试者 {subject} · {visit}</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>配制台</translation>
    </message>
    <message>
        <source>{count} in progress</source>
        <translation>进行中 {count} 个</translation>
    </message>
    <message>
        <source>Not begun yet</source>
        <translation>尚未开始</translation>
    </message>
    <message>
        <source>Dose {dose}</source>
        <translation>剂次 {dose}</translation>
    </message>
    <message>
        <source>Kit {kit}</source>
        <translation>药盒 {kit}</translation>
    </message>
    <message>
        <source>Visit window</source>
        <translation>访视窗口</translation>
    </message>
    <message>
        <source>Kit proposed</source>
        <translation>选药</translation>
    </message>
    <message>
        <source>Scan and take out</source>
        <translation>扫描取出</translation>
    </message>
    <message>
        <source>Thaw</source>
        <translation>复苏</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Dose volumes</source>
        <translation>剂量体积</translation>
    </message>
    <message>
        <source>Cover, seal</source>
        <translation>避光、封签</translation>
    </message>
    <message>
        <source>Dilute, cover, seal</source>
        <translation>稀释、避光、封签</translation>
    </message>
    <message>
        <source>Second check</source>
        <translation>第二人复核</translation>
    </message>
    <message>
        <source>Print the label</source>
        <translation>打印标签</translation>
    </message>
    <message>
        <source>Scan it back</source>
        <translation>扫描回读</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>交接</translation>
    </message>
    <message>
        <source>Report from the ward</source>
        <translation>病区回报</translation>
    </message>
    <message>
        <source>Stop this dose</source>
        <translation>停止该剂次</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Stop the dose</source>
        <translation>停止剂次</translation>
    </message>
    <message>
        <source>No kit is bound to it yet. The visit can be begun again.</source>
        <translation>尚未绑定药盒，该访视可重新开始。</translation>
    </message>
    <message>
        <source>Kit {kit} is free again. The visit can be begun again.</source>
        <translation>药盒 {kit} 恢复可用，该访视可重新开始。</translation>
    </message>
    <message>
        <source>Kit {kit} is wasted. If it is unopened and cold, put it back in Stock instead (F6): that stops the dose too.</source>
        <translation>药盒 {kit} 将报废。如未开启且仍处低温，请改在库存页（F6）放回：同样会停止该剂次。</translation>
    </message>
    <message>
        <source>Kit {kit} is wasted. The visit can be begun again with another kit.</source>
        <translation>药盒 {kit} 报废，该访视可用其他药盒重新开始。</translation>
    </message>
</context>
<context>
    <name>BigClock</name>
    <message>
        <source>Use-before passed at {time}</source>
        <translation>已于 {time} 超过使用截止时间</translation>
    </message>
    <message>
        <source>Use before {time}</source>
        <translation>使用截止 {time}</translation>
    </message>
</context>
<context>
    <name>BlockDialog</name>
    <message>
        <source>Block {place}</source>
        <translation>封闭 {place}</translation>
    </message>
    <message>
        <source>No kit is put there until it is free again.</source>
        <translation>解除封闭前不得放入药盒。</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>文字说明</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Block it</source>
        <translation>封闭</translation>
    </message>
    <message>
        <source>This is recorded: fill it in.</source>
        <translation>此项将被记录，请填写。</translation>
    </message>
</context>
<context>
    <name>BoxesCard</name>
    <message>
        <source>Box</source>
        <translation>盒</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>outside any box</source>
        <translation>盒外</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>未盘点</translation>
    </message>
    <message>
        <source>Count again, by another person</source>
        <translation>由另一人复盘</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>待盘点的盒</translation>
    </message>
    <message>
        <source>Count this box</source>
        <translation>盘点此盒</translation>
    </message>
    <message>
        <source>Select a box first.</source>
        <translation>请先选择盒。</translation>
    </message>
</context>
<context>
    <name>CardFrame</name>
    <message>
        <source>Card of this count: enter these readings</source>
        <translation>本次计数的卡片：请录入以下读数</translation>
    </message>
    <message>
        <source>#{n}   live {live}   dead {dead}   squares {squares}   dilution {factor}</source>
        <translation>第{n}次   活 {live}   死 {dead}   大格 {squares}   稀释 {factor}</translation>
    </message>
    <message>
        <source>#{n}   total {total} ×10⁶/mL   viability {viability} %</source>
        <translation>第{n}次   总细胞 {total} ×10⁶/mL   活率 {viability} %</translation>
    </message>
</context>
<context>
    <name>CaseDialog</name>
    <message>
        <source>Open an excursion case</source>
        <translation>建立温度超限案件</translation>
    </message>
    <message>
        <source>Every kit that lay there at the time is found, and held back if it is here.</source>
        <translation>系统将找出当时在该处的所有药盒，仍在库者予以隔离。</translation>
    </message>
    <message>
        <source>Unit, rack or box, such as T1 or T1-R2-B01</source>
        <translation>设备、架或盒，例如 T1 或 T1-R2-B01</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>This is recorded: fill it in.</source>
        <translation>此项须记录，请填写。</translation>
    </message>
</context>
<context>
    <name>CaseOffer</name>
    <message>
        <source>Excursion case</source>
        <translation>温度超限案件</translation>
    </message>
    <message>
        <source>Open one with the check</source>
        <translation>随检查一并立案</translation>
    </message>
    <message>
        <source>Open none</source>
        <translation>不立案</translation>
    </message>
    <message>
        <source>Kits that lay there since</source>
        <translation>此时起存放于此的药盒</translation>
    </message>
    <message>
        <source>Outside the limits. No kit lay there since the unit was last found good.</source>
        <translation>超出限值。自上次检查合格以来，该设备内没有药盒。</translation>
    </message>
    <message>
        <source>Outside the limits. {count} kits lay there since the unit was last found good.</source>
        <translation>超出限值。自上次检查合格以来，共有 {count} 盒存放于此。</translation>
    </message>
    <message>
        <source>Case {case} of this unit is open.</source>
        <translation>该设备的案件 {case} 尚未关闭。</translation>
    </message>
    <message>
        <source>This is recorded: fill it in.</source>
        <translation>此项须记录，请填写。</translation>
    </message>
</context>
<context>
    <name>CasesView</name>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待决定</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>当时状态</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>人工</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>{waiting} of {kits}</source>
        <translation>{kits} 盒中 {waiting} 盒</translation>
    </message>
    <message>
        <source>No excursion is on record</source>
        <translation>没有温度超限记录</translation>
    </message>
    <message>
        <source>A case is opened by a shipment&apos;s receipt, a logger&apos;s file, or by hand.</source>
        <translation>案件由货件接收、温度记录文件或人工建立。</translation>
    </message>
    <message>
        <source>{count} open</source>
        <translation>{count} 个未结</translation>
    </message>
    <message>
        <source>Excursion cases</source>
        <translation>温度超限案件</translation>
    </message>
    <message>
        <source>Kits of the case</source>
        <translation>案件中的药盒</translation>
    </message>
    <message>
        <source>Open a case…</source>
        <translation>立案…</translation>
    </message>
    <message>
        <source>Read a unit&apos;s logger…</source>
        <translation>读取设备温度文件…</translation>
    </message>
    <message>
        <source>Look back…</source>
        <translation>追溯…</translation>
    </message>
    <message>
        <source>Sponsor&apos;s notice…</source>
        <translation>申办方通知…</translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>登记决定…</translation>
    </message>
    <message>
        <source>No kit of this case waits.</source>
        <translation>该案件没有等待决定的药盒。</translation>
    </message>
    <message>
        <source>Select a case first.</source>
        <translation>请先选择案件。</translation>
    </message>
    <message>
        <source>Logger files (*.csv *.txt *.tsv *.xlsx);;All files (*)</source>
        <translation>温度记录文件 (*.csv *.txt *.tsv *.xlsx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Logger file of a storage unit</source>
        <translation>储存设备的温度文件</translation>
    </message>
    <message>
        <source>Case {case}: {count} kits are usable again, by {reference}.</source>
        <translation>案件 {case}：{count} 盒恢复可用，依据 {reference}。</translation>
    </message>
    <message>
        <source>Case {case}: {count} kits are never to be given, by {reference}.</source>
        <translation>案件 {case}：{count} 盒不得使用，依据 {reference}。</translation>
    </message>
    <message>
        <source>Notices (*.notice)</source>
        <translation>通知 (*.notice)</translation>
    </message>
    <message>
        <source>Sponsor&apos;s notice</source>
        <translation>申办方通知</translation>
    </message>
    <message>
        <source>Case {case} is decided by the sponsor&apos;s notice {name}.</source>
        <translation>案件 {case} 依据申办方通知 {name} 作出决定。</translation>
    </message>
</context>
<context>
    <name>CheckPanel</name>
    <message>
        <source>Second person&apos;s check</source>
        <translation>第二人复核</translation>
    </message>
    <message>
        <source>Give the place to the second person. They compare all this with their eyes.</source>
        <translation>请第二人到配制台，逐项目视核对以下内容。</translation>
    </message>
    <message>
        <source>Second person: read the raw counts again yourself and type what you read.</source>
        <translation>第二人：请自行重新读取原始计数，并录入所读数值。</translation>
    </message>
    <message>
        <source>Second person: read subject, kit and seal on the bag yourself.</source>
        <translation>复核人：请亲自核读袋上的受试者、药盒和封签。</translation>
    </message>
    <message>
        <source>Sign together…</source>
        <translation>双人签名…</translation>
    </message>
    <message>
        <source>Verify later…</source>
        <translation>事后复核…</translation>
    </message>
    <message>
        <source>{drawn} mL, diluent {diluent} mL</source>
        <translation>{drawn} mL，稀释液 {diluent} mL</translation>
    </message>
    <message>
        <source>Subject, visit</source>
        <translation>受试者、访视</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Drawn up</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>Materials</source>
        <translation>物料</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>封签</translation>
    </message>
    <message>
        <source>Dose {dose} for {subject}, {visit}, from kit {kit}: prepared as recorded, raw counts read again by the second person, ready to be labelled.</source>
        <translation>剂次 {dose}（受试者 {subject}，{visit}，药盒 {kit}）：已按记录配制，第二人已重新读取原始计数，可以贴签。</translation>
    </message>
    <message>
        <source>Dose {dose} for {subject}, {visit}, kit {kit}: given as it came, subject, kit and seal read by the second person, ready to be labelled.</source>
        <translation>剂次 {dose}（{subject}，{visit}，药盒 {kit}）：原装给药，复核人已核读受试者、药盒和封签，可以贴签。</translation>
    </message>
    <message>
        <source>Verify later</source>
        <translation>事后复核</translation>
    </message>
    <message>
        <source>The dose leaves without a second person. A deviation is raised, and a second person must verify within {hours} h.</source>
        <translation>该剂次未经第二人复核即放行。系统将登记方案偏离，第二人须在 {hours} 小时内完成事后复核。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Go on alone</source>
        <translation>单人继续</translation>
    </message>
</context>
<context>
    <name>Choice</name>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>A training site with its own people, kits and subjects. Nothing in it is real, and it never becomes real.</source>
        <translation>含培训人员、药盒和受试者的培训中心。其中数据均非真实，也不会转为真实数据。</translation>
    </message>
    <message>
        <source>Open the training site</source>
        <translation>打开培训中心</translation>
    </message>
    <message>
        <source>Set up this site</source>
        <translation>建立本中心</translation>
    </message>
    <message>
        <source>From the package the sponsor signed for it and the code in their letter.</source>
        <translation>使用申办方为本中心签名的数据包和信函中的激活码。</translation>
    </message>
    <message>
        <source>New site…</source>
        <translation>新建中心…</translation>
    </message>
    <message>
        <source>A site that is there already</source>
        <translation>已有的中心</translation>
    </message>
    <message>
        <source>Its vault lies in another folder of this machine.</source>
        <translation>保险库位于本机的其他文件夹。</translation>
    </message>
    <message>
        <source>Choose its folder…</source>
        <translation>选择文件夹…</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处理办法</translation>
    </message>
    <message>
        <source>{count} unexplained</source>
        <translation>{count} 盒未说明</translation>
    </message>
    <message>
        <source>{listed} kits listed in packages, {received} received</source>
        <translation>数据包所列 {listed} 盒，接收 {received} 盒</translation>
    </message>
    <message>
        <source>Kits to be explained</source>
        <translation>待说明的药盒</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Explain…</source>
        <translation>说明…</translation>
    </message>
    <message>
        <source>received {received} {sign} {parts}</source>
        <translation>接收 {received} {sign} {parts}</translation>
    </message>
    <message>
        <source>Closed at {when} by {who}.</source>
        <translation>{who} 已于 {when} 结账。</translation>
    </message>
    <message>
        <source>Select a kit that never arrived.</source>
        <translation>请选择从未到货的药盒。</translation>
    </message>
    <message>
        <source>Close the account…</source>
        <translation>结账…</translation>
    </message>
    <message>
        <source>Every kit must be explained first.</source>
        <translation>须先说明每一个药盒。</translation>
    </message>
    <message>
        <source>Close the site&apos;s account</source>
        <translation>中心药品清点结账</translation>
    </message>
    <message>
        <source>Remarks for the closing statement</source>
        <translation>结账声明备注</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>下一步：签名</translation>
    </message>
    <message>
        <source>Every kit of the site is accounted for; none is unexplained. </source>
        <translation>本中心每个药盒均已说明去向，无未说明的药盒。</translation>
    </message>
    <message>
        <source>Kit {kit} never arrived</source>
        <translation>药盒 {kit} 从未到货</translation>
    </message>
    <message>
        <source>Only what the sponsor has said in writing.</source>
        <translation>仅限申办方的书面说明。</translation>
    </message>
    <message>
        <source>Why it never came, on whose word</source>
        <translation>未到货的原因及依据</translation>
    </message>
    <message>
        <source>Kit {kit} never came: {why}</source>
        <translation>药盒 {kit} 从未到货：{why}</translation>
    </message>
</context>
<context>
    <name>CodeBreakDialog</name>
    <message>
        <source>Break the code of {subject}</source>
        <translation>紧急揭盲：受试者 {subject}</translation>
    </message>
    <message>
        <source>For an emergency in which the treatment must be known. The group is told to the requester alone, in a sealed letter; it is not shown here.</source>
        <translation>仅用于必须知道治疗分组的紧急情况。组别仅以密封函告知申请人，此处不显示。</translation>
    </message>
    <message>
        <source>Requested by</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Role of the requester</source>
        <translation>申请人职务</translation>
    </message>
    <message>
        <source>Kind of reason</source>
        <translation>原因类别</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Reason in words</source>
        <translation>原因说明</translation>
    </message>
    <message>
        <source>Witness</source>
        <translation>见证人</translation>
    </message>
    <message>
        <source>nobody else is here</source>
        <translation>无其他人在场</translation>
    </message>
    <message>
        <source>Emergency or rehearsal</source>
        <translation>紧急或演练</translation>
    </message>
    <message>
        <source>rehearsal: nothing is told or changed</source>
        <translation>演练：不透露、不改变任何内容</translation>
    </message>
    <message>
        <source>emergency</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>The code was broken before</source>
        <translation>此前已紧急揭盲</translation>
    </message>
    <message>
        <source>somebody else asks: a new request</source>
        <translation>另有他人申请：新的申请</translation>
    </message>
    <message>
        <source>a letter is kept: it can be opened again</source>
        <translation>已存有揭盲函，可重新打开</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Choose the kind of reason.</source>
        <translation>请选择原因类别。</translation>
    </message>
    <message>
        <source>Rehearsal</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>I break the code of {subject} in an emergency, for {requester}.</source>
        <translation>本人因紧急情况为 {requester} 对受试者 {subject} 揭盲。</translation>
    </message>
</context>
<context>
    <name>ConfirmScanDialog</name>
    <message>
        <source>Wrong scan: stop</source>
        <translation>扫描有误：请停止操作</translation>
    </message>
    <message>
        <source>Typed: {code}</source>
        <translation>手工输入：{code}</translation>
    </message>
    <message>
        <source>Scanned: {code}</source>
        <translation>扫描：{code}</translation>
    </message>
    <message>
        <source>Put it aside. It is recorded as a near miss.</source>
        <translation>请将其放在一旁。本次已记为险失事件。</translation>
    </message>
    <message>
        <source>I have put it aside</source>
        <translation>已放在一旁</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>Consent of {subject}</source>
        <translation>受试者 {subject} 的知情同意</translation>
    </message>
    <message>
        <source>As the investigator confirms it; the form itself stays there.</source>
        <translation>以研究者确认为准；知情同意书原件留存于研究者处。</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>知情同意</translation>
    </message>
    <message>
        <source>given</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>On which day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Version and number of the form</source>
        <translation>知情同意书版本和编号</translation>
    </message>
</context>
<context>
    <name>CorrectButton</name>
    <message>
        <source>Correct the count…</source>
        <translation>更正计数…</translation>
    </message>
</context>
<context>
    <name>CountPanel</name>
    <message>
        <source>Count live and dead cells</source>
        <translation>计数活细胞和死细胞</translation>
    </message>
    <message>
        <source>Correct the count</source>
        <translation>更正计数</translation>
    </message>
    <message>
        <source>Enter what you read at the microscope, square by square added up.</source>
        <translation>录入显微镜下所读数值（各大格合计）。</translation>
    </message>
    <message>
        <source>Enter what the counter shows: all cells, and the viability.</source>
        <translation>录入计数仪显示的总细胞浓度和活率。</translation>
    </message>
    <message>
        <source>Suspension</source>
        <translation>悬液</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>取样</translation>
    </message>
    <message>
        <source>Reason for the correction</source>
        <translation>更正原因</translation>
    </message>
    <message>
        <source>Confirm the count</source>
        <translation>确认计数</translation>
    </message>
    <message>
        <source>Add a replicate</source>
        <translation>另加一次</translation>
    </message>
    <message>
        <source>Keep the count as it is</source>
        <translation>保留原计数</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>未填写</translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>The curtain is down</source>
        <translation>屏幕已遮蔽</translation>
    </message>
    <message>
        <source>Your work is kept. Enter your password to go on.</source>
        <translation>工作内容已保留。请输入密码继续。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Lift the curtain</source>
        <translation>解除遮屏</translation>
    </message>
    <message>
        <source>The password is being checked.</source>
        <translation>正在核对密码。</translation>
    </message>
</context>
<context>
    <name>CoverPanel</name>
    <message>
        <source>Cover and seal</source>
        <translation>避光与封签</translation>
    </message>
    <message>
        <source>Put the opaque cover over bag and line and close it with a numbered seal.</source>
        <translation>给输液袋和管路套上避光套，并用带编号的封签封闭。</translation>
    </message>
    <message>
        <source>Seal number</source>
        <translation>封签编号</translation>
    </message>
    <message>
        <source>Retained sample (if kept)</source>
        <translation>留样编号（如有）</translation>
    </message>
    <message>
        <source>Covered and sealed</source>
        <translation>已避光并封签</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Crash report: {path}</source>
        <translation>故障报告：{path}</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>CurveCard</name>
    <message>
        <source>Temperature report…</source>
        <translation>温度报告…</translation>
    </message>
</context>
<context>
    <name>DaysView</name>
    <message>
        <source>Next 14 days</source>
        <translation>未来 14 天</translation>
    </message>
    <message>
        <source>by stage and arm; a stage takes kits from its own pool</source>
        <translation>按阶段和组别；各阶段只从其库存池取药</translation>
    </message>
    <message>
        <source>Paper…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Too few from {day}: {source}, {missing} missing that day</source>
        <translation>自 {day} 起不足：{source}，当日缺 {missing} 盒</translation>
    </message>
    <message>
        <source>No visit is planned in the next 14 days.</source>
        <translation>未来14天没有计划访视。</translation>
    </message>
    <message>
        <source>Enough for every visit of the next 14 days</source>
        <translation>未来14天的所有访视库存充足</translation>
    </message>
    <message>
        <source>Visits of subjects whose allocation is not open yet, not counted: {count}</source>
        <translation>尚未打开分配的受试者的访视，未计入：{count}</translation>
    </message>
    <message>
        <source>in quarantine {count}</source>
        <translation>隔离 {count}</translation>
    </message>
    <message>
        <source>expired {count}</source>
        <translation>过期 {count}</translation>
    </message>
    <message>
        <source>not put away {count}</source>
        <translation>未上架 {count}</translation>
    </message>
    <message>
        <source>assigned {count}</source>
        <translation>已分配 {count}</translation>
    </message>
    <message>
        <source>on the way {count}</source>
        <translation>在途 {count}</translation>
    </message>
</context>
<context>
    <name>DecisionDialog</name>
    <message>
        <source>Decide on quarantine</source>
        <translation>隔离处理决定</translation>
    </message>
    <message>
        <source>Only what the sponsor decided in writing. Space ticks a kit in the list.</source>
        <translation>仅登记申办方的书面决定。在列表中按空格键勾选药盒。</translation>
    </message>
    <message>
        <source>Kits in quarantine</source>
        <translation>隔离中的药盒</translation>
    </message>
    <message>
        <source>{kit} · {state} · {why} · shipment {shipment}</source>
        <translation>{kit} · {state} · {why} · 货件 {shipment}</translation>
    </message>
    <message>
        <source>The sponsor&apos;s decision</source>
        <translation>申办方的决定</translation>
    </message>
    <message>
        <source>usable: back to stock</source>
        <translation>可用：恢复库存</translation>
    </message>
    <message>
        <source>not usable: never to be given</source>
        <translation>不可用：不得发放</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Reference of the decision, such as letter and date</source>
        <translation>决定的依据，如函件编号和日期</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>前往签名</translation>
    </message>
    <message>
        <source>Choose what was decided.</source>
        <translation>请选择决定内容。</translation>
    </message>
    <message>
        <source>Name the decision.</source>
        <translation>请填写决定依据。</translation>
    </message>
    <message>
        <source>Tick the kits that the decision names.</source>
        <translation>请勾选决定所涉及的药盒。</translation>
    </message>
    <message>
        <source>Kits {kits} are usable again, by {reference}.</source>
        <translation>药盒 {kits} 恢复可用，依据 {reference}。</translation>
    </message>
    <message>
        <source>Kits {kits} are never to be given, by {reference}.</source>
        <translation>药盒 {kits} 永不得给药，依据 {reference}。</translation>
    </message>
</context>
<context>
    <name>Deviations</name>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Raised</source>
        <translation>登记时间</translation>
    </message>
    <message>
        <source>Mend before</source>
        <translation>处理期限</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未关闭</translation>
    </message>
    <message>
        <source>closed {when}</source>
        <translation>{when} 关闭</translation>
    </message>
    <message>
        <source>{count} open</source>
        <translation>未关闭 {count} 项</translation>
    </message>
    <message>
        <source>Deviations</source>
        <translation>方案偏离</translation>
    </message>
    <message>
        <source>Verify now…</source>
        <translation>立即复核…</translation>
    </message>
    <message>
        <source>Close it…</source>
        <translation>关闭…</translation>
    </message>
    <message>
        <source>Select an open deviation.</source>
        <translation>请选择未关闭的方案偏离。</translation>
    </message>
    <message>
        <source>Close deviation {number}</source>
        <translation>关闭方案偏离 {number}</translation>
    </message>
    <message>
        <source>What was done about it</source>
        <translation>处理情况</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>继续签名</translation>
    </message>
    <message>
        <source>Deviation {number} of {record} is closed: {how}</source>
        <translation>方案偏离 {number}（{record}）已关闭：{how}</translation>
    </message>
    <message>
        <source>I read the raw counts of dose {dose} again, after it had left.</source>
        <translation>剂次 {dose} 发出后，本人已重新读取其原始计数。</translation>
    </message>
</context>
<context>
    <name>DifferencesPanel</name>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>登记位置</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>实际位置</translation>
    </message>
    <message>
        <source>Resolved as</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>outside any box</source>
        <translation>盒外</translation>
    </message>
    <message>
        <source>Differences of count {count}</source>
        <translation>盘点 {count} 的差异</translation>
    </message>
    <message>
        <source>unresolved</source>
        <translation>未处理</translation>
    </message>
    <message>
        <source>{count} not resolved</source>
        <translation>未处理 {count} 项</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Resolve…</source>
        <translation>处理…</translation>
    </message>
    <message>
        <source>Sign the count off…</source>
        <translation>签署盘点…</translation>
    </message>
    <message>
        <source>Print the sheet…</source>
        <translation>打印盘点表…</translation>
    </message>
    <message>
        <source>It is resolved.</source>
        <translation>该项已处理。</translation>
    </message>
    <message>
        <source>No difference selected</source>
        <translation>未选择差异</translation>
    </message>
    <message>
        <source>With</source>
        <translation>互换药盒</translation>
    </message>
    <message>
        <source>Root cause</source>
        <translation>根本原因</translation>
    </message>
    <message>
        <source>By</source>
        <translation>处理人</translation>
    </message>
    <message>
        <source>{kit}, {difference}: {outcome}. Root cause: {cause}.</source>
        <translation>{kit}，{difference}：{outcome}。根本原因：{cause}。</translation>
    </message>
    <message>
        <source>Every difference of count {count} is resolved.</source>
        <translation>盘点 {count} 的差异已全部处理。</translation>
    </message>
</context>
<context>
    <name>DilutePanel</name>
    <message>
        <source>Dilute into the bag</source>
        <translation>稀释入袋</translation>
    </message>
    <message>
        <source>Diluent, albumin, bag: everything the dose touches, with lot and expiry.</source>
        <translation>稀释液、白蛋白、输液袋等所有接触剂量的物料，均须录入批号和有效期。</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>物料</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>The dose is in its bag</source>
        <translation>已稀释入袋</translation>
    </message>
    <message>
        <source>Add a material</source>
        <translation>添加物料</translation>
    </message>
    <message>
        <source>Name it.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>Type the day, year first.</source>
        <translation>请输入日期：年-月-日。</translation>
    </message>
</context>
<context>
    <name>DocumentPreview</name>
    <message>
        <source>BLINDED</source>
        <translation>盲态</translation>
    </message>
    <message>
        <source>UNBLINDED</source>
        <translation>非盲</translation>
    </message>
    <message>
        <source>{count} pages · {name}</source>
        <translation>共 {count} 页 · {name}</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
    <message>
        <source>It is being printed.</source>
        <translation>正在打印。</translation>
    </message>
    <message>
        <source>Page {done} of {of}</source>
        <translation>第 {done} 页，共 {of} 页</translation>
    </message>
</context>
<context>
    <name>DocumentsPage</name>
    <message>
        <source>Dose</source>
        <translation>剂次</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Kit type</source>
        <translation>药盒类型</translation>
    </message>
    <message>
        <source>Name of the kit type</source>
        <translation>药盒类型名称</translation>
    </message>
    <message>
        <source>List</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>How they left</source>
        <translation>处置方式</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>made from what is recorded, now</source>
        <translation>按当前记录生成</translation>
    </message>
    <message>
        <source>Printers…</source>
        <translation>打印机…</translation>
    </message>
    <message>
        <source>Kinds of papers</source>
        <translation>文件种类</translation>
    </message>
    <message>
        <source>Doses</source>
        <translation>剂次</translation>
    </message>
    <message>
        <source>Kit types</source>
        <translation>药盒类型</translation>
    </message>
    <message>
        <source>Lists of kits that left</source>
        <translation>已完成的处置清单</translation>
    </message>
    <message>
        <source>Show the paper</source>
        <translation>查看文件</translation>
    </message>
    <message>
        <source>Select a kit type.</source>
        <translation>请选择药盒类型。</translation>
    </message>
    <message>
        <source>Select a list that is done.</source>
        <translation>请选择已完成的清单。</translation>
    </message>
    <message>
        <source>Select a dose.</source>
        <translation>请选择剂次。</translation>
    </message>
    <message>
        <source>No kit is assigned to this dose yet.</source>
        <translation>该剂次尚未选定药盒。</translation>
    </message>
    <message>
        <source>No label was made for this dose.</source>
        <translation>该剂次尚未制作标签。</translation>
    </message>
    <message>
        <source>This dose is not released yet.</source>
        <translation>该剂次尚未放行。</translation>
    </message>
</context>
<context>
    <name>DosesCard</name>
    <message>
        <source>Doses today</source>
        <translation>今日剂次</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>访视窗口</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>计时</translation>
    </message>
    <message>
        <source>No dose is due today and none is under way.</source>
        <translation>今日无待配制剂次，也无进行中的剂次。</translation>
    </message>
    <message>
        <source>Enrolled subjects and their visits stand under Subjects.</source>
        <translation>已入组受试者及其访视见“受试者”。</translation>
    </message>
    <message>
        <source>handed over, the ward&apos;s report is awaited</source>
        <translation>已交接，等待病区回报</translation>
    </message>
    <message>
        <source>step {number} of {all}: {name}</source>
        <translation>第 {number} 步（共 {all} 步）：{name}</translation>
    </message>
    <message>
        <source>the window closed without a dose</source>
        <translation>访视窗口已过，未给药</translation>
    </message>
    <message>
        <source>due, may be begun</source>
        <translation>到期，可以开始</translation>
    </message>
    <message>
        <source>due later today</source>
        <translation>今日稍后到期</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>The window closed at {when}. A reason is asked for at the subject.</source>
        <translation>访视窗口已于 {when} 关闭；在受试者处开始时须说明原因。</translation>
    </message>
    <message>
        <source>The window opens at {when}.</source>
        <translation>访视窗口于 {when} 开放。</translation>
    </message>
</context>
<context>
    <name>DrawPanel</name>
    <message>
        <source>Draw up the dose</source>
        <translation>抽取剂量</translation>
    </message>
    <message>
        <source>Draw up, read the syringe again, and type both volumes as you read them.</source>
        <translation>抽取后再次读取注射器刻度，按所读数值录入两个体积。</translation>
    </message>
    <message>
        <source>Drawn up, as read</source>
        <translation>抽取体积（读数）</translation>
    </message>
    <message>
        <source>Diluent, as read</source>
        <translation>稀释液体积（读数）</translation>
    </message>
    <message>
        <source>Confirm the volumes</source>
        <translation>确认体积</translation>
    </message>
    <message>
        <source>Diluent</source>
        <translation>稀释液</translation>
    </message>
    <message>
        <source>Final volume</source>
        <translation>终体积</translation>
    </message>
    <message>
        <source>Type what the syringe shows.</source>
        <translation>请录入注射器读数。</translation>
    </message>
</context>
<context>
    <name>EarlierDialog</name>
    <message>
        <source>It was done earlier</source>
        <translation>补录之前完成的操作</translation>
    </message>
    <message>
        <source>The opening of the shipper and the kits that you scan are recorded with this time and reason, until you end it or sign the receipt. All else is recorded for now.</source>
        <translation>开箱和所扫描的药盒采用该时间和原因记录，直至您结束补录或签署接收单；其余操作按当前时间记录。</translation>
    </message>
    <message>
        <source>Done at</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Why it is recorded only now</source>
        <translation>为何现在才记录</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Record for this time</source>
        <translation>按此时间记录</translation>
    </message>
    <message>
        <source>Day and time, such as 2026-11-30 09:15.</source>
        <translation>日期和时间，例如 2026-11-30 09:15。</translation>
    </message>
    <message>
        <source>This is recorded: fill it in.</source>
        <translation>此项将被记录，请填写。</translation>
    </message>
</context>
<context>
    <name>EarlierStrip</name>
    <message>
        <source>Record for now again</source>
        <translation>恢复按当前时间记录</translation>
    </message>
    <message>
        <source>Opening and scanned kits are recorded as done {when}: {why}</source>
        <translation>开箱和扫描的药盒记录为 {when} 完成：{why}</translation>
    </message>
</context>
<context>
    <name>EndDialog</name>
    <message>
        <source>End of participation of {subject}</source>
        <translation>登记受试者 {subject} 结束</translation>
    </message>
    <message>
        <source>No dose is begun from here on. Doses still in the pharmacy are stopped: a kit in storage is free again, one taken out is wasted. Doses on the ward are still reported.</source>
        <translation>此后不再开始剂次。仍在药房的剂次将停止：在库药盒恢复可用，已取出的药盒报废。已在病区的剂次仍须回报。</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>结束原因</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>On which day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation>请选择一项。</translation>
    </message>
</context>
<context>
    <name>EnrolDialog</name>
    <message>
        <source>Enrol a subject</source>
        <translation>登记受试者</translation>
    </message>
    <message>
        <source>Copy it from the investigator&apos;s request, which names no arm.</source>
        <translation>按研究者的申请填写，申请中不含组别。</translation>
    </message>
    <message>
        <source>Subject number</source>
        <translation>受试者编号</translation>
    </message>
    <message>
        <source>Requested by</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Reference of the request (if any)</source>
        <translation>申请编号（如有）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>登记</translation>
    </message>
</context>
<context>
    <name>Entrance</name>
    <message>
        <source>Site Pharmacy</source>
        <translation>试验中心药房</translation>
    </message>
    <message>
        <source>The unblinded pharmacist&apos;s workplace. Everything stays on this machine.</source>
        <translation>非盲药师工作台。所有数据仅保存在本机。</translation>
    </message>
    <message>
        <source>中文</source>
        <comment>the other language, in its own script</comment>
        <translation>English</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light / dark</source>
        <translation>浅色 / 深色</translation>
    </message>
</context>
<context>
    <name>ExpiringCard</name>
    <message>
        <source>Expiring within 30 days</source>
        <translation>30 天内到期</translation>
    </message>
    <message>
        <source>{lot} · kits: {count} · {day}</source>
        <translation>{lot} · {count} 盒 · {day}</translation>
    </message>
    <message>
        <source>No kit expires within 30 days.</source>
        <translation>30 天内无到期药盒。</translation>
    </message>
</context>
<context>
    <name>ExpiryChart</name>
    <message>
        <source>When the lots in stock expire</source>
        <translation>库存各批号的到期时间</translation>
    </message>
    <message>
        <source>lot and kits, up to its expiry</source>
        <translation>批号与盒数，至有效期</translation>
    </message>
    <message>
        <source>expected to expire unused</source>
        <translation>预计过期未用</translation>
    </message>
    <message>
        <source>No usable kit is in stock.</source>
        <translation>没有可用库存。</translation>
    </message>
    <message>
        <source>{lot} · {count} kits</source>
        <translation>{lot} · {count} 盒</translation>
    </message>
    <message>
        <source>in date beyond</source>
        <translation>效期更长</translation>
    </message>
    <message>
        <source>{count} wasted</source>
        <translation>浪费 {count}</translation>
    </message>
</context>
<context>
    <name>ExpiryDialog</name>
    <message>
        <source>Extend the expiry of blinded lot {lot}</source>
        <translation>延长盲态批次 {lot} 的有效期</translation>
    </message>
    <message>
        <source>The whole blinded lot gets it at once; it holds when every label is on.</source>
        <translation>整个盲态批次同时延期；全部加贴标签后生效。</translation>
    </message>
    <message>
        <source>Last day of use</source>
        <translation>最后使用日期</translation>
    </message>
    <message>
        <source>Reference of the sponsor&apos;s letter</source>
        <translation>申办方函件文号</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>继续签名</translation>
    </message>
</context>
<context>
    <name>ExtraLabels</name>
    <message>
        <source>{kind} label</source>
        <translation>{kind}标签</translation>
    </message>
    <message>
        <source>not made</source>
        <translation>未制作</translation>
    </message>
    <message>
        <source>Another copy…</source>
        <translation>另打一份…</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>None came out…</source>
        <translation>未打印出…</translation>
    </message>
    <message>
        <source>Spoiled…</source>
        <translation>损坏…</translation>
    </message>
    <message>
        <source>Another copy of the label</source>
        <translation>另打一份标签</translation>
    </message>
    <message>
        <source>The copy there is becomes void: destroy it. A second person signs.</source>
        <translation>现有标签作废，请销毁。须由第二人签字。</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>继续签字</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>A further copy of the label of dose {dose} is needed: {reason}</source>
        <translation>剂次 {dose} 需另打一份标签：{reason}</translation>
    </message>
    <message>
        <source>The label of this dose</source>
        <translation>本剂次的标签</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>within {days} days</source>
        <translation>{days} 天内</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>Part of a kit number</source>
        <translation>药盒号片段</translation>
    </message>
</context>
<context>
    <name>FindDialog</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Kit, subject, dose, shipment, or a place of the window</source>
        <translation>药盒、受试者、剂次、货件或页面名称</translation>
    </message>
    <message>
        <source>Records are found from the second character on.</source>
        <translation>输入两个及以上字符后开始查找记录。</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>No code and no place has &quot;{text}&quot; in it.</source>
        <translation>没有编码或页面名称包含“{text}”。</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Dose</source>
        <translation>剂次</translation>
    </message>
    <message>
        <source>Shipment</source>
        <translation>货件</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Making the training site</source>
        <translation>正在建立培训中心</translation>
    </message>
    <message>
        <source>Folder of the vault</source>
        <translation>保险库文件夹</translation>
    </message>
</context>
<context>
    <name>ForecastView</name>
    <message>
        <source>Run the forecast</source>
        <translation>运行预测</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Paper…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Kits of</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Demand against stock</source>
        <translation>需求与库存</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>No forecast was made yet.</source>
        <translation>尚未作预测。</translation>
    </message>
    <message>
        <source>Look at the assumptions at the left, then run it. Nothing leaves this window.</source>
        <translation>请先查看左侧的假设，然后运行。数据不会离开本窗口。</translation>
    </message>
    <message>
        <source>No history of enrolment yet: state a rate.</source>
        <translation>尚无入组历史，请填写入组速度。</translation>
    </message>
    <message>
        <source>Empty: as seen here, {rate} a month ({count} in {days} days), with its uncertainty.</source>
        <translation>留空则按本中心所见：每月 {rate} 名（{days} 天内 {count} 名），并计入其不确定性。</translation>
    </message>
    <message>
        <source>Expected to expire unused within {weeks} weeks: {count} of {have}</source>
        <translation>{weeks} 周内预计过期未用：{count} 盒（共 {have} 盒）</translation>
    </message>
    <message>
        <source>Does not run short within {weeks} weeks in 95 of 100 runs</source>
        <translation>{weeks} 周内不缺货（100次中95次）</translation>
    </message>
    <message>
        <source>Runs short by {day} in 5 of 100 runs or more</source>
        <translation>至 {day} 缺货（100次中至少5次）</translation>
    </message>
    <message>
        <source>Re-order point: {count} left; not reached within {weeks} weeks</source>
        <translation>订货点：剩 {count} 盒；{weeks} 周内不会达到</translation>
    </message>
    <message>
        <source>Order now: {have} usable, the re-order point is {count}</source>
        <translation>现在订货：可用 {have} 盒，订货点为 {count} 盒</translation>
    </message>
    <message>
        <source>Re-order point: {count} left, reached about {day}</source>
        <translation>订货点：剩 {count} 盒，约 {day} 达到</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>登记</translation>
    </message>
</context>
<context>
    <name>FoundKit</name>
    <message>
        <source>Kit {kit} turned up</source>
        <translation>药盒 {kit} 已找到</translation>
    </message>
    <message>
        <source>Kit {kit} turned up: {where}. It is not for use.</source>
        <translation>药盒 {kit} 已找到：{where}。暂不可用。</translation>
    </message>
    <message>
        <source>It counts again and waits in quarantine: nobody knows how it was kept. If it was ever thawed, it is rejected.</source>
        <translation>该药盒重新计入结存并隔离：其间的保存情况不明。若曾复温，则判为拒用。</translation>
    </message>
    <message>
        <source>Where: a free position, or in words</source>
        <translation>地点：空位置，或文字说明</translation>
    </message>
    <message>
        <source>What was found out</source>
        <translation>查明的情况</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>继续签名</translation>
    </message>
</context>
<context>
    <name>Founding</name>
    <message>
        <source>Making the vault</source>
        <translation>正在建立保险库</translation>
    </message>
    <message>
        <source>Recovery sheet</source>
        <translation>密钥恢复单</translation>
    </message>
    <message>
        <source>{name} becomes a second checker at this site.</source>
        <translation>{name} 将成为本中心的第二复核人。</translation>
    </message>
</context>
<context>
    <name>HandOverPanel</name>
    <message>
        <source>Hand over</source>
        <translation>交接</translation>
    </message>
    <message>
        <source>Give the bag and its form to the person who takes it to the ward.</source>
        <translation>将输液袋及交接单交给送往病区的人员。</translation>
    </message>
    <message>
        <source>Receiver&apos;s name</source>
        <translation>接收人姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>职务</translation>
    </message>
    <message>
        <source>Hand over and sign…</source>
        <translation>交接并签名…</translation>
    </message>
    <message>
        <source>Hand-over form</source>
        <translation>交接单</translation>
    </message>
    <message>
        <source>Subject, visit</source>
        <translation>受试者、访视</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>封签</translation>
    </message>
    <message>
        <source>Use before</source>
        <translation>使用期限</translation>
    </message>
    <message>
        <source>Name the person who takes the bag.</source>
        <translation>请填写接收输液袋的人员。</translation>
    </message>
    <message>
        <source>The bag of dose {dose} for {subject}, {visit}, goes to {receiver}.</source>
        <translation>剂次 {dose}（受试者 {subject}，{visit}）的输液袋交给 {receiver}。</translation>
    </message>
</context>
<context>
    <name>KeptLabels</name>
    <message>
        <source>Labels of dose {dose}</source>
        <translation>剂次 {dose} 的标签</translation>
    </message>
    <message>
        <source>Copy {number}: {state}</source>
        <translation>第 {number} 份：{state}</translation>
    </message>
    <message>
        <source>A further copy is made at the bench, with a reason and a second person.</source>
        <translation>补打须在配制台进行，注明原因并由第二人签名。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>KeyedTable</name>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>{name}, sorted by {column}, last first</source>
        <translation>{name}，按{column}倒序</translation>
    </message>
    <message>
        <source>{name}, sorted by {column}</source>
        <translation>{name}，按{column}排序</translation>
    </message>
</context>
<context>
    <name>KitStory</name>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>temperature record without excursion</source>
        <translation>温度记录无超温</translation>
    </message>
    <message>
        <source>temperature excursion, {minutes} min</source>
        <translation>超温 {minutes} 分钟</translation>
    </message>
    <message>
        <source>decided: usable ({reference})</source>
        <translation>决定：可用（{reference}）</translation>
    </message>
    <message>
        <source>decided: not usable ({reference})</source>
        <translation>决定：不可用（{reference}）</translation>
    </message>
    <message>
        <source>from the ward: {remains}, {left} mL left</source>
        <translation>病区回收：{remains}，剩余 {left} mL</translation>
    </message>
    <message>
        <source>listed ({way}): {because}</source>
        <translation>列入清单（{way}）：{because}</translation>
    </message>
    <message>
        <source>sent back with {carrier}</source>
        <translation>由 {carrier} 退回申办方</translation>
    </message>
    <message>
        <source>sent to site {site} with {carrier}</source>
        <translation>由 {carrier} 转至中心 {site}</translation>
    </message>
    <message>
        <source>shipper {shipment_id} opened</source>
        <translation>运输罐 {shipment_id} 已开启</translation>
    </message>
    <message>
        <source>receipt of {shipment_id} signed</source>
        <translation>{shipment_id} 接收单已签署</translation>
    </message>
    <message>
        <source>put away at {position}</source>
        <translation>已入位 {position}</translation>
    </message>
    <message>
        <source>put back at {position}: {because}</source>
        <translation>放回 {position}：{because}</translation>
    </message>
    <message>
        <source>quarantined: {because}</source>
        <translation>隔离：{because}</translation>
    </message>
    <message>
        <source>late temperature record judged</source>
        <translation>补交的温度记录已判定</translation>
    </message>
    <message>
        <source>lot {lot} recalled: {because}</source>
        <translation>批次 {lot} 被召回：{because}</translation>
    </message>
    <message>
        <source>recall of lot {lot} withdrawn</source>
        <translation>批次 {lot} 的召回已撤回</translation>
    </message>
    <message>
        <source>over-label put on, new expiry</source>
        <translation>已加贴补充标签，有效期更新</translation>
    </message>
    <message>
        <source>wasted: {because}</source>
        <translation>报废：{because}</translation>
    </message>
    <message>
        <source>free again, dose {dose_id} was stopped</source>
        <translation>剂次 {dose_id} 已停止，药盒恢复可用</translation>
    </message>
    <message>
        <source>kept as reserve sample: {because}</source>
        <translation>留样：{because}</translation>
    </message>
    <message>
        <source>never came: {because}</source>
        <translation>从未到货：{because}</translation>
    </message>
    <message>
        <source>list authorised by {reference}</source>
        <translation>清单已授权：{reference}</translation>
    </message>
    <message>
        <source>struck from its list: {because}</source>
        <translation>从清单划去：{because}</translation>
    </message>
    <message>
        <source>its list was dropped: {because}</source>
        <translation>清单已撤销：{because}</translation>
    </message>
    <message>
        <source>destroyed: {method}, {place}</source>
        <translation>已销毁：{method}，{place}</translation>
    </message>
    <message>
        <source>not found by two people: lost</source>
        <translation>经两人查找未找到：遗失</translation>
    </message>
    <message>
        <source>turned up: {where}</source>
        <translation>已找到：{where}</translation>
    </message>
    <message>
        <source>assigned to dose {dose_id}</source>
        <translation>已分配给剂次 {dose_id}</translation>
    </message>
    <message>
        <source>taken out of storage</source>
        <translation>已出库</translation>
    </message>
    <message>
        <source>thaw begun</source>
        <translation>开始复苏</translation>
    </message>
    <message>
        <source>thaw ended</source>
        <translation>复苏结束</translation>
    </message>
    <message>
        <source>preparation stopped</source>
        <translation>配制停止</translation>
    </message>
    <message>
        <source>handed over to {receiver}</source>
        <translation>已交接给 {receiver}</translation>
    </message>
    <message>
        <source>infusion reported</source>
        <translation>已登记输注报告</translation>
    </message>
    <message>
        <source>bag came back: {because}</source>
        <translation>输液袋退回：{because}</translation>
    </message>
</context>
<context>
    <name>KitsForm</name>
    <message>
        <source>Kits</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Scan a further kit, or type its number and press Enter</source>
        <translation>扫描其他药盒，或输入编号后按回车</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>KitsTable</name>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>所见</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>not scanned yet</source>
        <translation>尚未扫描</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>离库</translation>
    </message>
</context>
<context>
    <name>LabelCard</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>No label was printed.</source>
        <translation>未打印标签。</translation>
    </message>
    <message>
        <source>Unlocks after the second check and {minutes} min at the bench</source>
        <translation>第二人复核完成且在配制台满 {minutes} 分钟后解锁</translation>
    </message>
    <message>
        <source>Unlocks at {time}, in {left}</source>
        <translation>{time} 解锁，还需 {left}</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>已解锁</translation>
    </message>
</context>
<context>
    <name>LabelPanel</name>
    <message>
        <source>Print the label</source>
        <translation>打印标签</translation>
    </message>
    <message>
        <source>The label&apos;s number and every dot of it are fixed first; then it goes to the printer. It is the same for every subject of the trial.</source>
        <translation>先固定标签编号和全部内容，再送打印。所有受试者的标签格式相同。</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Printers…</source>
        <translation>打印机…</translation>
    </message>
    <message>
        <source>Print this label</source>
        <translation>打印此标签</translation>
    </message>
    <message>
        <source>Make the label</source>
        <translation>制作标签</translation>
    </message>
    <message>
        <source>Another copy…</source>
        <translation>另打一份…</translation>
    </message>
    <message>
        <source>Unlocks at {time}, in {left}: every dose waits as long.</source>
        <translation>{time} 解锁，还需 {left}：所有剂次等待时间一致。</translation>
    </message>
</context>
<context>
    <name>LabelSum</name>
    <message>
        <source>State of the copy</source>
        <translation>标签状态</translation>
    </message>
    <message>
        <source>Counts as</source>
        <translation>归类</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>已贴用</translation>
    </message>
    <message>
        <source>spoiled</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>not printed</source>
        <translation>未打印</translation>
    </message>
    <message>
        <source>void</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>remaining</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>On its bag, scanned back.</source>
        <translation>已贴在输液袋上并回读。</translation>
    </message>
    <message>
        <source>Came out torn or smeared; destroyed.</source>
        <translation>打印出但撕裂或模糊，已销毁。</translation>
    </message>
    <message>
        <source>No label came out; its number is not used again.</source>
        <translation>未打印出标签；编号不再使用。</translation>
    </message>
    <message>
        <source>Replaced by a further copy; destroyed.</source>
        <translation>已由补打标签替代并销毁。</translation>
    </message>
    <message>
        <source>Numbered and fixed, not printed yet.</source>
        <translation>已编号并固定内容，尚未打印。</translation>
    </message>
    <message>
        <source>Sent to the printer, not scanned back yet.</source>
        <translation>已送打印，尚未回读。</translation>
    </message>
    <message>
        <source>{p} printed = {a} applied + {s} spoiled + {v} void + {r} remaining</source>
        <translation>打印 {p} = 贴用 {a} + 损坏 {s} + 作废 {v} + 剩余 {r}</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
</context>
<context>
    <name>LanesChart</name>
    <message>
        <source>Need against usable stock, by arm and day</source>
        <translation>各组各日的需要与可用库存</translation>
    </message>
    <message>
        <source>{day}: {lane} needs {need}, has {have}</source>
        <translation>{day}：{lane} 需要 {need}，可用 {have}</translation>
    </message>
    <message>
        <source>{day}: {lane} needs {need}, has {have}: too few</source>
        <translation>{day}：{lane} 需要 {need}，可用 {have}：不足</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>需求</translation>
    </message>
    <message>
        <source>usable, in date</source>
        <translation>可用且在效期内</translation>
    </message>
    <message>
        <source>too few</source>
        <translation>不足</translation>
    </message>
    <message>
        <source>No visit is planned and no kit is usable.</source>
        <translation>没有计划访视，也没有可用药盒。</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>not for use</source>
        <translation>不得使用</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>封闭</translation>
    </message>
</context>
<context>
    <name>LetterDialog</name>
    <message>
        <source>The code of {subject} is broken</source>
        <translation>受试者 {subject} 已紧急揭盲</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>揭盲函</translation>
    </message>
    <message>
        <source>The letter is for {who} alone. Print it where nobody else reads it, fold it and seal it. It is kept in the records and can be printed again.</source>
        <translation>揭盲函仅交 {who} 本人。请在他人看不到的地方打印，折好并密封。记录中保存原件，可再次打印。</translation>
    </message>
    <message>
        <source>Print the letter on</source>
        <translation>打印揭盲函到</translation>
    </message>
    <message>
        <source>Show the group now: I am sure</source>
        <translation>确认：现在显示组别</translation>
    </message>
    <message>
        <source>Show it on this screen…</source>
        <translation>在本屏幕显示…</translation>
    </message>
    <message>
        <source>Notice for the sponsor…</source>
        <translation>申办方通知…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Print the letter</source>
        <translation>打印揭盲函</translation>
    </message>
    <message>
        <source>This machine has no printer. Show the letter and copy it by hand.</source>
        <translation>本机没有打印机。请显示揭盲函并手抄。</translation>
    </message>
    <message>
        <source>The letter is on its way to the printer.</source>
        <translation>揭盲函正在发送至打印机。</translation>
    </message>
    <message>
        <source>Sent to {printer}.</source>
        <translation>已送往 {printer}。</translation>
    </message>
    <message>
        <source>Unblinding letter</source>
        <translation>揭盲函</translation>
    </message>
    <message>
        <source>Notice for the sponsor</source>
        <translation>申办方通知</translation>
    </message>
</context>
<context>
    <name>ListForm</name>
    <message>
        <source>Draw up a list of kits that leave</source>
        <translation>编制处置清单</translation>
    </message>
    <message>
        <source>From here on none of them may be used. The sponsor&apos;s authorisation comes next.</source>
        <translation>自此清单上的药盒均不得使用；下一步取得申办方授权。</translation>
    </message>
    <message>
        <source>How they leave</source>
        <translation>处置方式</translation>
    </message>
    <message>
        <source>To which site</source>
        <translation>接收中心</translation>
    </message>
    <message>
        <source>Draw it up</source>
        <translation>编制清单</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>List</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>How they leave</source>
        <translation>处置方式</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Drawn up</source>
        <translation>编制时间</translation>
    </message>
    <message>
        <source>Authorised by</source>
        <translation>授权依据</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 份清单未完成</translation>
    </message>
    <message>
        <source>Lists of kits that leave</source>
        <translation>处置清单</translation>
    </message>
    <message>
        <source>Notice…</source>
        <translation>通知…</translation>
    </message>
    <message>
        <source>Strike a kit…</source>
        <translation>划去药盒…</translation>
    </message>
    <message>
        <source>Drop it…</source>
        <translation>撤销…</translation>
    </message>
    <message>
        <source>Advice file…</source>
        <translation>到货通知文件…</translation>
    </message>
    <message>
        <source>Select a list that waits.</source>
        <translation>请选择未完成的清单。</translation>
    </message>
    <message>
        <source>Select a list that waits for its word.</source>
        <translation>请选择待授权的清单。</translation>
    </message>
    <message>
        <source>Select a transfer that has left.</source>
        <translation>请选择已发出的转出清单。</translation>
    </message>
    <message>
        <source>Authorise…</source>
        <translation>授权…</translation>
    </message>
    <message>
        <source>Destroyed…</source>
        <translation>登记销毁…</translation>
    </message>
    <message>
        <source>Sent…</source>
        <translation>登记发出…</translation>
    </message>
    <message>
        <source>Show the paper…</source>
        <translation>查看文件…</translation>
    </message>
    <message>
        <source>Select a list first.</source>
        <translation>请先选择清单。</translation>
    </message>
    <message>
        <source>The list was dropped.</source>
        <translation>该清单已撤销。</translation>
    </message>
    <message>
        <source>Authorise list {list}</source>
        <translation>授权清单 {list}</translation>
    </message>
    <message>
        <source>Reference of the sponsor&apos;s word, such as letter and date</source>
        <translation>申办方书面依据，如函件及日期</translation>
    </message>
    <message>
        <source>List {list} is destroyed</source>
        <translation>清单 {list} 销毁登记</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>List {list} is sent</source>
        <translation>清单 {list} 发出登记</translation>
    </message>
    <message>
        <source>Carrier</source>
        <translation>承运人</translation>
    </message>
    <message>
        <source>Number of the shipper</source>
        <translation>运输箱编号</translation>
    </message>
    <message>
        <source>{way}, {count} kits: {why}</source>
        <translation>{way}，{count} 盒：{why}</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>下一步：签名</translation>
    </message>
    <message>
        <source>List {list} is authorised by {reference}.</source>
        <translation>清单 {list} 已获授权，依据：{reference}。</translation>
    </message>
    <message>
        <source>Notice (*{suffix})</source>
        <translation>通知 (*{suffix})</translation>
    </message>
    <message>
        <source>The sponsor&apos;s notice</source>
        <translation>申办方通知</translation>
    </message>
    <message>
        <source>List {list} is authorised by the sponsor&apos;s signed notice.</source>
        <translation>清单 {list} 已由申办方签名的通知授权。</translation>
    </message>
    <message>
        <source>The {count} kits of list {list} were destroyed: {method}, {place}.</source>
        <translation>清单 {list} 的 {count} 盒已销毁：{method}，{place}。</translation>
    </message>
    <message>
        <source>The {count} kits of list {list} left with {carrier} in {shipper}.</source>
        <translation>清单 {list} 的 {count} 盒已交 {carrier}，运输箱 {shipper}。</translation>
    </message>
    <message>
        <source>Advice file</source>
        <translation>到货通知文件</translation>
    </message>
    <message>
        <source>Kit number</source>
        <translation>药盒编号</translation>
    </message>
    <message>
        <source>Strike a kit from list {list}</source>
        <translation>从清单 {list} 划去药盒</translation>
    </message>
    <message>
        <source>Drop list {list}</source>
        <translation>撤销清单 {list}</translation>
    </message>
    <message>
        <source>What stays is as it was before it was listed.</source>
        <translation>保留的药盒恢复列入清单前的状态。</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>登记</translation>
    </message>
</context>
<context>
    <name>LoggerCard</name>
    <message>
        <source>Temperatures on the way</source>
        <translation>运输温度</translation>
    </message>
    <message>
        <source>Read another file…</source>
        <translation>读取其他文件…</translation>
    </message>
    <message>
        <source>Read the logger&apos;s file…</source>
        <translation>读取记录仪文件…</translation>
    </message>
    <message>
        <source>No file was read yet</source>
        <translation>尚未读取文件</translation>
    </message>
    <message>
        <source>Without it the kits wait in pre-quarantine, if the trial asks for it.</source>
        <translation>若试验要求温度记录，无文件时药盒将处于待温度记录状态。</translation>
    </message>
    <message>
        <source>Excursion: the kits go to quarantine</source>
        <translation>超温：药盒将被隔离</translation>
    </message>
    <message>
        <source>No excursion</source>
        <translation>无超温</translation>
    </message>
</context>
<context>
    <name>LoggerFigures</name>
    <message>
        <source>{count} readings, {begins} to {ends}, logger {serial}</source>
        <translation>{count} 个读数，{begins} 至 {ends}，记录仪 {serial}</translation>
    </message>
    <message>
        <source>Coldest {low} °C, warmest {high} °C</source>
        <translation>最低 {low} °C，最高 {high} °C</translation>
    </message>
    <message>
        <source>Above the upper limit of {limit} °C: {minutes} min in all, {longest} at a stretch</source>
        <translation>高于上限 {limit} °C 共 {minutes} 分钟，最长一段 {longest} 分钟</translation>
    </message>
    <message>
        <source>The file breaks off: it is not the whole journey.</source>
        <translation>文件中断，未覆盖全程。</translation>
    </message>
    <message>
        <source>No lower limit is set</source>
        <translation>未设下限</translation>
    </message>
    <message>
        <source>Below the lower limit of {limit} °C: {minutes} min in all, {longest} at a stretch</source>
        <translation>低于下限 {limit} °C 共 {minutes} 分钟，最长一段 {longest} 分钟</translation>
    </message>
    <message>
        <source>Times without readings: {gaps}; readings that are codes: {codes}</source>
        <translation>无读数时段：{gaps}；代码读数：{codes}</translation>
    </message>
</context>
<context>
    <name>LoggerPreview</name>
    <message>
        <source>The file is understood like this</source>
        <translation>文件的解读结果</translation>
    </message>
    <message>
        <source>{count} readings, {begins} to {ends}, every {step} s, logger {serial}</source>
        <translation>共 {count} 个读数，{begins} 至 {ends}，间隔 {step} 秒，记录仪 {serial}</translation>
    </message>
    <message>
        <source>You answered: {answers}</source>
        <translation>您的回答：{answers}</translation>
    </message>
    <message>
        <source>Known of this logger: {answers}</source>
        <translation>沿用该记录仪的设置：{answers}</translation>
    </message>
    <message>
        <source>Ask me again…</source>
        <translation>重新询问…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Record it</source>
        <translation>确认记录</translation>
    </message>
    <message>
        <source>{count} more notes</source>
        <translation>另有 {count} 条提示</translation>
    </message>
</context>
<context>
    <name>LoggerProgress</name>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>{done} of {all} lines</source>
        <translation>已读 {done} / {all} 行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>LoggerQuestions</name>
    <message>
        <source>The file can be read in two ways</source>
        <translation>文件存在多种读法</translation>
    </message>
    <message>
        <source>It does not say this by itself. Look at the logger or ask its owner.</source>
        <translation>文件本身未说明。请查看记录仪或询问其所有者。</translation>
    </message>
    <message>
        <source>Order of day, month and year</source>
        <translation>年月日的顺序</translation>
    </message>
    <message>
        <source>Time zone of the logger&apos;s clock</source>
        <translation>记录仪时钟的时区</translation>
    </message>
    <message>
        <source>Unit of temperature</source>
        <translation>温度单位</translation>
    </message>
    <message>
        <source>Column with the temperature of the kits</source>
        <translation>药盒温度所在列</translation>
    </message>
    <message>
        <source>The file shows: {example}</source>
        <translation>文件内容：{example}</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Read it so</source>
        <translation>按此读取</translation>
    </message>
    <message>
        <source>Column with the time</source>
        <translation>时间所在列</translation>
    </message>
    <message>
        <source>Meaning of the comma behind degrees</source>
        <translation>度数后逗号的含义</translation>
    </message>
    <message>
        <source>Probe that lay with the kits</source>
        <translation>与药盒放在一起的探头</translation>
    </message>
    <message>
        <source>Meaning of −127 and 85</source>
        <translation>−127 和 85 的含义</translation>
    </message>
    <message>
        <source>day, month, year</source>
        <translation>日、月、年</translation>
    </message>
    <message>
        <source>month, day, year</source>
        <translation>月、日、年</translation>
    </message>
    <message>
        <source>year, month, day</source>
        <translation>年、月、日</translation>
    </message>
    <message>
        <source>it parts two cells</source>
        <translation>分隔两个单元格</translation>
    </message>
    <message>
        <source>it is a decimal comma</source>
        <translation>小数逗号</translation>
    </message>
    <message>
        <source>codes of the sensor</source>
        <translation>传感器代码</translation>
    </message>
    <message>
        <source>measured temperatures</source>
        <translation>实测温度</translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation>请选择一项。</translation>
    </message>
</context>
<context>
    <name>LookBackDialog</name>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Dose</source>
        <translation>剂次</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>交出时间</translation>
    </message>
    <message>
        <source>Reached the subject</source>
        <translation>是否到达受试者</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Shipment</source>
        <translation>货件</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现状</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>应做</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Look-back from {source}</source>
        <translation>追溯起点：{source}</translation>
    </message>
    <message>
        <source>Kits: {kits} · doses: {doses} · subjects exposed: {subjects}</source>
        <translation>药盒：{kits} · 剂次：{doses} · 暴露受试者：{subjects}</translation>
    </message>
    <message>
        <source>The ward&apos;s notice names everybody who was given any, whatever was found here: a list of those touched could tell the groups apart.</source>
        <translation>致病区的通知列出所有用过药的受试者，与此处结果无关：只列涉及者会使组别可被分辨。</translation>
    </message>
    <message>
        <source>Doses touched</source>
        <translation>涉及剂次</translation>
    </message>
    <message>
        <source>Kits touched</source>
        <translation>涉及药盒</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Notice for the ward…</source>
        <translation>致病区的通知…</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Look-back report</source>
        <translation>追溯报告</translation>
    </message>
    <message>
        <source>Notice for the ward</source>
        <translation>致病区的通知</translation>
    </message>
    <message>
        <source>In the sponsor&apos;s words; no kit, no lot, nothing of what is in a kit.</source>
        <translation>按申办方的表述；不得提及药盒、批号或药盒内容。</translation>
    </message>
    <message>
        <source>What is in doubt</source>
        <translation>疑问所在</translation>
    </message>
    <message>
        <source>What to watch for</source>
        <translation>请注意观察</translation>
    </message>
    <message>
        <source>Show the notice</source>
        <translation>显示通知</translation>
    </message>
    <message>
        <source>Safety notice for the ward</source>
        <translation>病区安全通知</translation>
    </message>
</context>
<context>
    <name>LotsView</name>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Blinded lot</source>
        <translation>盲态批号</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>On the shelf</source>
        <translation>在库</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>stands</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>Lots</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>File a certificate…</source>
        <translation>归档证书…</translation>
    </message>
    <message>
        <source>Late result…</source>
        <translation>后续检验结果…</translation>
    </message>
    <message>
        <source>Extend the expiry…</source>
        <translation>延长有效期…</translation>
    </message>
    <message>
        <source>Over-labels…</source>
        <translation>补充标签…</translation>
    </message>
    <message>
        <source>Look back…</source>
        <translation>追溯…</translation>
    </message>
    <message>
        <source>Withdraw the recall…</source>
        <translation>撤回召回…</translation>
    </message>
    <message>
        <source>Recall the lot…</source>
        <translation>召回批次…</translation>
    </message>
    <message>
        <source>Select a lot first.</source>
        <translation>请先选择批次。</translation>
    </message>
    <message>
        <source>No extension of this lot waits for labels.</source>
        <translation>该批次没有待加贴标签的延期。</translation>
    </message>
    <message>
        <source>No lot selected</source>
        <translation>未选择批次</translation>
    </message>
    <message>
        <source>expiry {day}, {reference}: {state}</source>
        <translation>有效期至 {day}，{reference}：{state}</translation>
    </message>
    <message>
        <source>recalled by {reference}</source>
        <translation>按 {reference} 召回</translation>
    </message>
    <message>
        <source>the recall was withdrawn</source>
        <translation>召回已撤回</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>文件数</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Certificate of the lot</source>
        <translation>批次证书</translation>
    </message>
    <message>
        <source>File a certificate with lot {lot}</source>
        <translation>为批次 {lot} 归档证书</translation>
    </message>
    <message>
        <source>What it is, such as certificate of analysis</source>
        <translation>文件名称，例如检验报告书</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>文号</translation>
    </message>
    <message>
        <source>File it</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Reference of the sponsor&apos;s letter</source>
        <translation>申办方函件文号</translation>
    </message>
    <message>
        <source>Why it is recalled</source>
        <translation>召回原因</translation>
    </message>
    <message>
        <source>Every kit of lot {lot} is taken out of use; doses at the bench are stopped.</source>
        <translation>批次 {lot} 的药盒全部停用；配制中的剂次停止。</translation>
    </message>
    <message>
        <source>The kits of lot {lot} will wait in quarantine for a decision.</source>
        <translation>批次 {lot} 的药盒将隔离，等待决定。</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>继续签名</translation>
    </message>
    <message>
        <source>The recall of lot {lot} is withdrawn by {reference}.</source>
        <translation>批次 {lot} 的召回按 {reference} 撤回。</translation>
    </message>
    <message>
        <source>Lot {lot} is recalled by {reference}.</source>
        <translation>批次 {lot} 按 {reference} 召回。</translation>
    </message>
    <message>
        <source>Blinded lot {lot} may be used to {day}, by {reference}.</source>
        <translation>盲态批次 {lot} 可使用至 {day}，依据 {reference}。</translation>
    </message>
    <message>
        <source>{count} kits bear their over-label; I saw kit and lot number uncovered.</source>
        <translation>{count} 盒已加贴补充标签；我确认药盒号和批号未被遮盖。</translation>
    </message>
</context>
<context>
    <name>Making</name>
    <message>
        <source>Step {done} of {all}</source>
        <translation>第 {done} 步，共 {all} 步</translation>
    </message>
</context>
<context>
    <name>MethodPanel</name>
    <message>
        <source>Counting method</source>
        <translation>计数方法</translation>
    </message>
    <message>
        <source>Choose how the cells are counted, and on which instrument.</source>
        <translation>选择细胞计数方法和所用仪器。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Instrument number</source>
        <translation>仪器编号</translation>
    </message>
    <message>
        <source>Calibration due on</source>
        <translation>校准有效期至</translation>
    </message>
    <message>
        <source>Begin the count</source>
        <translation>开始计数</translation>
    </message>
    <message>
        <source>Type the day, year first.</source>
        <translation>请输入日期：年-月-日。</translation>
    </message>
</context>
<context>
    <name>MissedDialog</name>
    <message>
        <source>Visit {visit} of {subject} is missed</source>
        <translation>受试者 {subject} 的访视 {visit} 缺失</translation>
    </message>
    <message>
        <source>If the dose is given after all, begin it: the visit is then no longer missed.</source>
        <translation>若之后仍给药，请直接开始剂次，缺失登记随即解除。</translation>
    </message>
    <message>
        <source>Why the dose is not given</source>
        <translation>未给药的原因</translation>
    </message>
</context>
<context>
    <name>MoreActs</name>
    <message>
        <source>Advice (*.csv *.xlsx);;All files (*)</source>
        <translation>发货通知 (*.csv *.xlsx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>发货通知</translation>
    </message>
    <message>
        <source>Sealed receipt for the sponsor</source>
        <translation>给申办者的密封接收单</translation>
    </message>
    <message>
        <source>The logger&apos;s file of {shipment} came after the receipt: {readings} readings, warmest {max} °C. The kits that waited for it become: {kits}.</source>
        <translation>货件 {shipment} 的温度文件在接收后补交：{readings} 个读数，最高 {max} °C。等待该文件的药盒判定为：{kits}。</translation>
    </message>
</context>
<context>
    <name>MoreButton</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Import a package…</source>
        <translation>导入数据包…</translation>
    </message>
    <message>
        <source>Import an advice…</source>
        <translation>导入发货通知…</translation>
    </message>
    <message>
        <source>It was done earlier…</source>
        <translation>补录之前完成的操作…</translation>
    </message>
    <message>
        <source>The receipt&apos;s paper…</source>
        <translation>接收单…</translation>
    </message>
    <message>
        <source>Sealed receipt for the sponsor…</source>
        <translation>给申办者的密封接收单…</translation>
    </message>
</context>
<context>
    <name>MovesPanel</name>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Out, min</source>
        <translation>离库分钟</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>set aside first</source>
        <translation>先取出暂存</translation>
    </message>
    <message>
        <source>can be done</source>
        <translation>可进行</translation>
    </message>
    <message>
        <source>Move several kits</source>
        <translation>批量移位</translation>
    </message>
    <message>
        <source>min out, each</source>
        <translation>分钟/盒</translation>
    </message>
    <message>
        <source>Out since {when}</source>
        <translation>自 {when} 起取出</translation>
    </message>
    <message>
        <source>Taken out now</source>
        <translation>现在取出</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>互换</translation>
    </message>
    <message>
        <source>Whole box…</source>
        <translation>整盒…</translation>
    </message>
    <message>
        <source>Remove line</source>
        <translation>删除此行</translation>
    </message>
    <message>
        <source>Move sheet…</source>
        <translation>移位单…</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Sign and book</source>
        <translation>签名并登记</translation>
    </message>
    <message>
        <source>Staged moves</source>
        <translation>移位清单</translation>
    </message>
    <message>
        <source>Scan the kit that {kit} changes places with</source>
        <translation>请扫描与 {kit} 互换位置的药盒</translation>
    </message>
    <message>
        <source>Scan the place for {kit}, or choose it on the map</source>
        <translation>请扫描 {kit} 的位置，或在图上选择</translation>
    </message>
    <message>
        <source>Scan the kits for box {box}, in their order</source>
        <translation>请依次扫描放入 {box} 的药盒</translation>
    </message>
    <message>
        <source>Scan a kit, or the box that is to be filled</source>
        <translation>请扫描药盒，或要放满的冻存盒</translation>
    </message>
    <message>
        <source>Nothing is staged yet.</source>
        <translation>尚未列入任何移位。</translation>
    </message>
    <message>
        <source>A move cannot be done: see the list.</source>
        <translation>有移位无法进行，请见清单。</translation>
    </message>
    <message>
        <source>Scan a kit first.</source>
        <translation>请先扫描药盒。</translation>
    </message>
    <message>
        <source>Nothing is recorded before the signature; then all of it or nothing.</source>
        <translation>签名前不作任何记录；签名后全部登记，否则全部不登记。</translation>
    </message>
    <message>
        <source>now the kits for it</source>
        <translation>请扫描要放入的药盒</translation>
    </message>
    <message>
        <source>now its place</source>
        <translation>请扫描其位置</translation>
    </message>
    <message>
        <source>staged for {place}</source>
        <translation>已列入，移至 {place}</translation>
    </message>
    <message>
        <source>Move a whole box</source>
        <translation>整盒移动</translation>
    </message>
    <message>
        <source>Every kit goes to the same place of the other box.</source>
        <translation>每个药盒移至另一冻存盒的相同位置。</translation>
    </message>
    <message>
        <source>Box to empty</source>
        <translation>移出的冻存盒</translation>
    </message>
    <message>
        <source>Box to fill</source>
        <translation>移入的冻存盒</translation>
    </message>
    <message>
        <source>Stage its moves</source>
        <translation>列入移位清单</translation>
    </message>
    <message>
        <source>Move sheet</source>
        <translation>移位单</translation>
    </message>
    <message>
        <source>{count} kits lie where the list says, each out as long as it says.</source>
        <translation>{count} 个药盒已按清单就位，离库时间与清单一致。</translation>
    </message>
</context>
<context>
    <name>NearMissCard</name>
    <message>
        <source>Near misses</source>
        <translation>险失</translation>
    </message>
    <message>
        <source>None at this dose.</source>
        <translation>本剂次无险失。</translation>
    </message>
</context>
<context>
    <name>NearMisses</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Refused because</source>
        <translation>拒绝原因</translation>
    </message>
    <message>
        <source>{count} near misses</source>
        <translation>险失 {count} 次</translation>
    </message>
    <message>
        <source>Each was stopped before it could harm.</source>
        <translation>均已在造成伤害前被拦截。</translation>
    </message>
    <message>
        <source>Near misses</source>
        <translation>险失</translation>
    </message>
</context>
<context>
    <name>NeedChart</name>
    <message>
        <source>Need against usable stock, by day</source>
        <translation>按日对比需求与可用库存</translation>
    </message>
    <message>
        <source>{day}: need {need}, have {have}</source>
        <translation>{day}：需 {need}，有 {have}</translation>
    </message>
    <message>
        <source>need {need}, have {have} ({name})</source>
        <translation>需 {need}，有 {have}（{name}）</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>需求</translation>
    </message>
    <message>
        <source>usable, in date</source>
        <translation>可用且在效期内</translation>
    </message>
</context>
<context>
    <name>NewPassword</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>再次输入密码</translation>
    </message>
    <message>
        <source>Suggest a passphrase</source>
        <translation>推荐密码短语</translation>
    </message>
    <message>
        <source>Choose a password.</source>
        <translation>请设置密码。</translation>
    </message>
    <message>
        <source>This password will not do yet.</source>
        <translation>该密码尚不符合要求。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>{phrase}  –  write it down or learn it, then type it twice.</source>
        <translation>{phrase}  –  请记下或背熟，然后输入两遍。</translation>
    </message>
    <message>
        <source>At least 15 characters; several words are best.</source>
        <translation>至少 15 个字符，建议由多个词组成。</translation>
    </message>
    <message>
        <source>Good. Type it a second time.</source>
        <translation>符合要求，请再输入一次。</translation>
    </message>
    <message>
        <source>Good, and typed twice alike.</source>
        <translation>符合要求，两次输入一致。</translation>
    </message>
</context>
<context>
    <name>Outcomes</name>
    <message>
        <source>{state}: {count}</source>
        <translation>{state} {count} 盒</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>OverPanel</name>
    <message>
        <source>This dose was stopped</source>
        <translation>该剂次已停止</translation>
    </message>
    <message>
        <source>This dose is closed</source>
        <translation>该剂次已结束</translation>
    </message>
    <message>
        <source>A new dose for the same visit takes another kit of the same allocation.</source>
        <translation>同一访视可重新配制，按同一分配另取药盒。</translation>
    </message>
    <message>
        <source>Nothing more is to be done at the bench.</source>
        <translation>配制台已无待办步骤。</translation>
    </message>
    <message>
        <source>It was not given. The visit can be given again, with a reason.</source>
        <translation>未给药。可注明原因后重新进行该访视的给药。</translation>
    </message>
    <message>
        <source>Replacement dose</source>
        <translation>替代剂次</translation>
    </message>
    <message>
        <source>Clear the bench</source>
        <translation>清空配制台</translation>
    </message>
    <message>
        <source>Give the visit again</source>
        <translation>重新给药</translation>
    </message>
    <message>
        <source>Another kit was given…</source>
        <translation>实际给药为其他药盒…</translation>
    </message>
    <message>
        <source>Preparation record</source>
        <translation>配制记录</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Infusion began</source>
        <translation>输注开始</translation>
    </message>
    <message>
        <source>Infusion ended</source>
        <translation>输注结束</translation>
    </message>
    <message>
        <source>Not infused</source>
        <translation>未输注</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>Returned by</source>
        <translation>退回人</translation>
    </message>
    <message>
        <source>Kit assigned</source>
        <translation>指定药盒</translation>
    </message>
    <message>
        <source>Kit actually given</source>
        <translation>实际给药药盒</translation>
    </message>
    <message>
        <source>How it came about</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>Another kit was given</source>
        <translation>实际给药为其他药盒</translation>
    </message>
    <message>
        <source>Numbers are never swapped to mend it: allocation, dose and label stay. The kit that was given is accounted for, and a deviation is raised.</source>
        <translation>不得以调换编号来纠正：分配、剂次和标签保持不变。实际给药的药盒将计入清点，并登记方案偏离。</translation>
    </message>
    <message>
        <source>Number of the kit that was given</source>
        <translation>实际给药药盒编号</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>继续签名</translation>
    </message>
    <message>
        <source>Kit {given} reached {subject} in place of kit {kit}: {because}</source>
        <translation>药盒 {given} 代替药盒 {kit} 给予 {subject}：{because}</translation>
    </message>
</context>
<context>
    <name>OverlabelDialog</name>
    <message>
        <source>Over-labels of {lot}: use to {day}</source>
        <translation>批次 {lot} 的补充标签：使用至 {day}</translation>
    </message>
    <message>
        <source>Kits that need the label</source>
        <translation>需加贴标签的药盒</translation>
    </message>
    <message>
        <source>Labels printed</source>
        <translation>打印标签数</translation>
    </message>
    <message>
        <source>Spoiled</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>Left over, destroyed</source>
        <translation>剩余（已销毁）</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Go on to the signatures</source>
        <translation>继续签名</translation>
    </message>
    <message>
        <source>{done} of {all} kits bear their label. Space ticks a kit.</source>
        <translation>{all} 盒中已加贴 {done} 盒。按空格键勾选。</translation>
    </message>
    <message>
        <source>This is recorded: fill it in.</source>
        <translation>此项须记录，请填写。</translation>
    </message>
</context>
<context>
    <name>PackageDialog</name>
    <message>
        <source>Package {number} from the sponsor</source>
        <translation>申办方数据包 {number}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sign and import…</source>
        <translation>签名并导入…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>What it brings</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>changes the protocol</source>
        <translation>变更方案</translation>
    </message>
    <message>
        <source>the protocol stays</source>
        <translation>方案不变</translation>
    </message>
    <message>
        <source>New shipments</source>
        <translation>新货件</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Kits in them</source>
        <translation>其中药盒数</translation>
    </message>
    <message>
        <source>New allocation lists</source>
        <translation>新分配列表</translation>
    </message>
    <message>
        <source>Version of the protocol</source>
        <translation>方案版本</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>生效</translation>
    </message>
    <message>
        <source>at once, for every subject</source>
        <translation>立即生效，适用于全部受试者</translation>
    </message>
    <message>
        <source>every subject</source>
        <translation>全部受试者</translation>
    </message>
    <message>
        <source>subjects enrolled from then on</source>
        <translation>此后入组的受试者</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Doses begun before</source>
        <translation>此前已开始的剂次</translation>
    </message>
    <message>
        <source>stay under the version they were begun under</source>
        <translation>仍按开始时的版本执行</translation>
    </message>
</context>
<context>
    <name>PackageForm</name>
    <message>
        <source>Trial package from the sponsor</source>
        <translation>申办方的试验数据包</translation>
    </message>
    <message>
        <source>Activation code, from the sponsor&apos;s letter</source>
        <translation>激活码（见申办方信函）</translation>
    </message>
    <message>
        <source>Folder of the vault, on this machine&apos;s own disk</source>
        <translation>保险库文件夹（须在本机磁盘上）</translation>
    </message>
    <message>
        <source>Name of this workplace</source>
        <translation>本工作站名称</translation>
    </message>
    <message>
        <source>The first person: pharmacist and administrator</source>
        <translation>第一人：药师兼药房管理员</translation>
    </message>
    <message>
        <source>Name as in the delegation log</source>
        <translation>姓名（与授权表一致）</translation>
    </message>
    <message>
        <source>Short name, such as li.wei</source>
        <translation>短名，例如 li.wei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Found the site</source>
        <translation>建立中心</translation>
    </message>
    <message>
        <source>Trial packages (*.package);;All files (*)</source>
        <translation>试验数据包 (*.package);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Trial package</source>
        <translation>试验数据包</translation>
    </message>
    <message>
        <source>Folder of the vault</source>
        <translation>保险库文件夹</translation>
    </message>
    <message>
        <source>Typed without a slip.</source>
        <translation>输入无误。</translation>
    </message>
    <message>
        <source>One character is wrong: compare with the letter.</source>
        <translation>有字符错误，请与信函核对。</translation>
    </message>
    <message>
        <source>{count} of {all} characters</source>
        <translation>已输入 {count} 个字符，共 {all} 个</translation>
    </message>
    <message>
        <source>Choose the file the sponsor sent.</source>
        <translation>请选择申办方发来的文件。</translation>
    </message>
    <message>
        <source>Type the whole code as it stands in the letter.</source>
        <translation>请按信函完整输入激活码。</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>请选择文件夹。</translation>
    </message>
    <message>
        <source>Give the workplace a name.</source>
        <translation>请填写工作站名称。</translation>
    </message>
    <message>
        <source>Enter the name.</source>
        <translation>请填写姓名。</translation>
    </message>
    <message>
        <source>Enter a short name.</source>
        <translation>请填写短名。</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Over-labels</source>
        <translation>效期加贴标签</translation>
    </message>
    <message>
        <source>Kit&apos;s storage label</source>
        <translation>药盒贮存标签</translation>
    </message>
    <message>
        <source>Hand-over form</source>
        <translation>交接单</translation>
    </message>
    <message>
        <source>Pick sheet</source>
        <translation>取药单</translation>
    </message>
    <message>
        <source>Preparation record</source>
        <translation>配制记录</translation>
    </message>
    <message>
        <source>Accountability log</source>
        <translation>清点记录</translation>
    </message>
    <message>
        <source>Stock-count sheet</source>
        <translation>库存盘点表</translation>
    </message>
    <message>
        <source>Destruction certificate</source>
        <translation>销毁证明</translation>
    </message>
    <message>
        <source>Kits sent</source>
        <translation>药盒发出清单</translation>
    </message>
    <message>
        <source>Reconciliation of the site</source>
        <translation>中心药品总清点表</translation>
    </message>
    <message>
        <source>Unblinding letter</source>
        <translation>揭盲函</translation>
    </message>
    <message>
        <source>Notice of a code break</source>
        <translation>紧急揭盲通知</translation>
    </message>
    <message>
        <source>Look-back report</source>
        <translation>追溯报告</translation>
    </message>
    <message>
        <source>Safety notice for the ward</source>
        <translation>病区安全通知</translation>
    </message>
    <message>
        <source>Shipment receipt</source>
        <translation>货件接收单</translation>
    </message>
    <message>
        <source>Temperature report</source>
        <translation>温度报告</translation>
    </message>
    <message>
        <source>Box map</source>
        <translation>冻存盒位置图</translation>
    </message>
    <message>
        <source>Move sheet</source>
        <translation>移位单</translation>
    </message>
    <message>
        <source>Pick list</source>
        <translation>取药清单</translation>
    </message>
    <message>
        <source>Readiness and forecast</source>
        <translation>备药情况与预测</translation>
    </message>
    <message>
        <source>Readiness for the ward</source>
        <translation>备药情况（告知病区）</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>配制台</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>清点</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Oversight</source>
        <translation>监督</translation>
    </message>
</context>
<context>
    <name>PlaceCard</name>
    <message>
        <source>scanned</source>
        <translation>已扫描</translation>
    </message>
    <message>
        <source>Position, if you want to tell it</source>
        <translation>盒内位置（可选）</translation>
    </message>
    <message>
        <source>The next kit lies at {place}.</source>
        <translation>下一药盒位于 {place}。</translation>
    </message>
    <message>
        <source>Choose a cell for the next kit, or none.</source>
        <translation>可为下一药盒选择格位，也可不选。</translation>
    </message>
</context>
<context>
    <name>PositionMap</name>
    <message>
        <source>free</source>
        <translation>空位</translation>
    </message>
    <message>
        <source>Box map</source>
        <translation>盒位图</translation>
    </message>
</context>
<context>
    <name>Printers</name>
    <message>
        <source>Folder, as PDF: {folder}</source>
        <translation>文件夹（PDF）：{folder}</translation>
    </message>
    <message>
        <source>Printers added here: cannot be read</source>
        <translation>在此添加的打印机：无法读取</translation>
    </message>
</context>
<context>
    <name>PrintersDialog</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>How it is reached</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>asking …</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>Printers of this machine</source>
        <translation>本机打印机</translation>
    </message>
    <message>
        <source>Label printers that take ZPL, printers of the system that must be corrected, and folders. The test page has a frame 1 mm inside every edge.</source>
        <translation>接收 ZPL 的标签打印机、需要校正的系统打印机以及文件夹。测试页的外框距各边 1 mm。</translation>
    </message>
    <message>
        <source>Printers</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Ask its state</source>
        <translation>查询状态</translation>
    </message>
    <message>
        <source>Print the test page</source>
        <translation>打印测试页</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>修改…</translation>
    </message>
    <message>
        <source>Add a printer…</source>
        <translation>添加打印机…</translation>
    </message>
    <message>
        <source>Select a printer.</source>
        <translation>请选择打印机。</translation>
    </message>
    <message>
        <source>This printer is being asked.</source>
        <translation>正在查询该打印机。</translation>
    </message>
    <message>
        <source>took the test page</source>
        <translation>已接收测试页</translation>
    </message>
</context>
<context>
    <name>ProfileDialog</name>
    <message>
        <source>Change a printer</source>
        <translation>修改打印机</translation>
    </message>
    <message>
        <source>Add a printer</source>
        <translation>添加打印机</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Recorded with every print</source>
        <translation>随每次打印登记</translation>
    </message>
    <message>
        <source>How it is reached</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>Paper, width x height</source>
        <translation>纸张，宽x高</translation>
    </message>
    <message>
        <source>Empty: any, for page printers</source>
        <translation>留空：任意（仅页面打印机）</translation>
    </message>
    <message>
        <source>Dots per inch</source>
        <translation>每英寸点数</translation>
    </message>
    <message>
        <source>Does it tell its state?</source>
        <translation>是否报告状态？</translation>
    </message>
    <message>
        <source>yes: asked before and after</source>
        <translation>是：打印前后均查询</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Move to the right</source>
        <translation>向右移动</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>向下移动</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>0.95 to 1.05</source>
        <translation>0.95 至 1.05</translation>
    </message>
    <message>
        <source>Darkness</source>
        <translation>浓度</translation>
    </message>
    <message>
        <source>0 to 30; empty: as the printer is set</source>
        <translation>0 至 30；留空：按打印机设置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
</context>
<context>
    <name>PromiseCard</name>
    <message>
        <source>Promise to the ward</source>
        <translation>对病区的承诺</translation>
    </message>
    <message>
        <source>UNBLINDED</source>
        <translation>非盲</translation>
    </message>
    <message>
        <source>Promise doses up to the end of</source>
        <translation>承诺截至该日结束</translation>
    </message>
    <message>
        <source>Promise and sign…</source>
        <translation>承诺并签名…</translation>
    </message>
    <message>
        <source>Withdraw…</source>
        <translation>撤回…</translation>
    </message>
    <message>
        <source>Promise at regular times – each Monday, or when a shipment was booked in – never just after a dose, and do not tell the ward the number.</source>
        <translation>请在固定时间作出承诺，例如每周一或货物入库时；切勿在刚给药之后，也不要向病区透露数目。</translation>
    </message>
    <message>
        <source>No promise is in force.</source>
        <translation>目前没有有效的承诺。</translation>
    </message>
    <message>
        <source>The promise ran out on {day}.</source>
        <translation>承诺已于 {day} 到期。</translation>
    </message>
    <message>
        <source>Stock no longer bears it out: restock or withdraw.</source>
        <translation>库存已不足以兑现：请补货或撤回。</translation>
    </message>
    <message>
        <source>Promised up to {day}, borne out by stock</source>
        <translation>已承诺至 {day}，库存足以兑现</translation>
    </message>
    <message>
        <source>Doses, {pool}</source>
        <translation>剂数，{pool}</translation>
    </message>
    <message>
        <source>usable up to that day of the scarcest kind: {count}</source>
        <translation>至该日最少的一种可用：{count} 盒</translation>
    </message>
    <message>
        <source>Of one kind of kit there are too few.</source>
        <translation>有一种药盒数量不足。</translation>
    </message>
</context>
<context>
    <name>ProposalPanel</name>
    <message>
        <source>Kit proposed</source>
        <translation>选药</translation>
    </message>
    <message>
        <source>The program proposes a usable kit for this subject: first expiry first, drawn at random among kits that expire together. It stays reserved for this dose.</source>
        <translation>程序为该受试者选出一个可用药盒：先到期先用，同日到期的随机抽取。选定后保留给本剂次。</translation>
    </message>
    <message>
        <source>Propose the kit</source>
        <translation>选定药盒</translation>
    </message>
</context>
<context>
    <name>Purpose</name>
    <message>
        <source>Which kit to fetch, from where, and why.</source>
        <translation>取哪个药盒、从何处取、为何选它。</translation>
    </message>
    <message>
        <source>Every step of a dose, its numbers and signatures, for the binder.</source>
        <translation>剂次的每一步、数值和签名，供归档。</translation>
    </message>
    <message>
        <source>Goes with the bag to the ward and comes back with the times.</source>
        <translation>随输液袋送病区，填写时间后返回。</translation>
    </message>
    <message>
        <source>The exact picture of every copy that was made. Not for printing again.</source>
        <translation>每份标签的原样图像，不用于再次打印。</translation>
    </message>
    <message>
        <source>That the kits of a list were destroyed, how, where and before whom.</source>
        <translation>证明清单上的药盒已销毁：方法、地点和见证人。</translation>
    </message>
    <message>
        <source>What lies in a parcel to the sponsor or to another site.</source>
        <translation>寄往申办方或其他中心的包裹内容。</translation>
    </message>
    <message>
        <source>Every kit of the site and how it ended, for the closing.</source>
        <translation>本中心每个药盒及其去向，用于结账。</translation>
    </message>
    <message>
        <source>Every movement of a kit type with its balance, for the binder.</source>
        <translation>某类药盒的全部收发及结存，供归档。</translation>
    </message>
</context>
<context>
    <name>PutAway</name>
    <message>
        <source>Put away</source>
        <translation>入位</translation>
    </message>
    <message>
        <source>Position, scanned or typed</source>
        <translation>位置（扫描或输入）</translation>
    </message>
    <message>
        <source>Minutes out, if longer</source>
        <translation>离库分钟数（如更长）</translation>
    </message>
    <message>
        <source>Why it goes back</source>
        <translation>放回原因</translation>
    </message>
    <message>
        <source>It lies there</source>
        <translation>已放入</translation>
    </message>
    <message>
        <source>Not this kit</source>
        <translation>不是此盒</translation>
    </message>
    <message>
        <source>Scan a kit</source>
        <translation>请扫描药盒</translation>
    </message>
    <message>
        <source>The next free position is proposed.</source>
        <translation>系统将推荐下一个空位。</translation>
    </message>
    <message>
        <source>{kit}  →  {place}</source>
        <translation>{kit}  →  {place}</translation>
    </message>
    <message>
        <source>Taken out for dose {dose} at {when}. Unopened, it may go back: the dose is stopped.</source>
        <translation>于 {when} 为剂次 {dose} 取出。未开启可放回，该剂次随之停止。</translation>
    </message>
    <message>
        <source>It lies at {place} now. Out since {when}.</source>
        <translation>现存于 {place}。自 {when} 起计离库时间。</translation>
    </message>
    <message>
        <source>It has no position yet. Out since {when}.</source>
        <translation>尚无位置。自 {when} 起计离库时间。</translation>
    </message>
    <message>
        <source>It has no position yet.</source>
        <translation>尚无位置。</translation>
    </message>
    <message>
        <source>Every box is full.</source>
        <translation>所有冻存盒均已满。</translation>
    </message>
    <message>
        <source>now its position: {place}</source>
        <translation>请放入：{place}</translation>
    </message>
    <message>
        <source>put away at {place}</source>
        <translation>已入位 {place}</translation>
    </message>
</context>
<context>
    <name>QuestionsDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>This is recorded: fill it in.</source>
        <translation>此项须登记，请填写。</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>{place} (Alt+{number})</source>
        <translation>{place}（Alt+{number}）</translation>
    </message>
</context>
<context>
    <name>Readiness</name>
    <message>
        <source>common pool</source>
        <translation>公用池</translation>
    </message>
    <message>
        <source>pool {pool}</source>
        <translation>{pool} 池</translation>
    </message>
    <message>
        <source>{count} doses, {pool}</source>
        <translation>{count} 剂，{pool}</translation>
    </message>
</context>
<context>
    <name>ReadinessView</name>
    <message>
        <source>Days ahead</source>
        <translation>未来各日</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>需求预测</translation>
    </message>
    <message>
        <source>For the ward</source>
        <translation>告知病区</translation>
    </message>
</context>
<context>
    <name>ReadingsForm</name>
    <message>
        <source>#{number} live</source>
        <translation>第{number}次 活</translation>
    </message>
    <message>
        <source>#{number} dead</source>
        <translation>第{number}次 死</translation>
    </message>
    <message>
        <source>#{number} total</source>
        <translation>第{number}次 总数</translation>
    </message>
    <message>
        <source>#{number} viability</source>
        <translation>第{number}次 活率</translation>
    </message>
    <message>
        <source>Squares</source>
        <translation>大格数</translation>
    </message>
    <message>
        <source>Dilution</source>
        <translation>稀释倍数</translation>
    </message>
    <message>
        <source>Dilution again</source>
        <translation>稀释倍数（再次）</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>未填写</translation>
    </message>
    <message>
        <source>not the same</source>
        <translation>不一致</translation>
    </message>
</context>
<context>
    <name>ReceiptView</name>
    <message>
        <source>Read the logger&apos;s file first.</source>
        <translation>请先读取温度文件。</translation>
    </message>
    <message>
        <source>Scan the next kit</source>
        <translation>请扫描下一个药盒</translation>
    </message>
    <message>
        <source>A kit that is damaged: scan it, then F8.</source>
        <translation>药盒破损：先扫描，再按 F8。</translation>
    </message>
    <message>
        <source>{done} of {all} kits</source>
        <translation>{done}／{all} 盒</translation>
    </message>
    <message>
        <source>{done} of {all} kits, {unexpected} not on the advice</source>
        <translation>{done}／{all} 盒，通知未列 {unexpected} 盒</translation>
    </message>
    <message>
        <source>Scan or select the damaged kit first.</source>
        <translation>请先扫描或选择破损的药盒。</translation>
    </message>
    <message>
        <source>Every kit of the advice was looked for.</source>
        <translation>通知所列药盒均已核查。</translation>
    </message>
    <message>
        <source>Kits not looked for yet: {count}. Scan them, or mark the rest missing.</source>
        <translation>尚有 {count} 盒未核查。请扫描，或将其余标记为缺失。</translation>
    </message>
    <message>
        <source>Type a code…</source>
        <translation>输入编码…</translation>
    </message>
    <message>
        <source>Damaged…</source>
        <translation>破损…</translation>
    </message>
    <message>
        <source>Rest missing…</source>
        <translation>其余缺失…</translation>
    </message>
    <message>
        <source>Judge the late file…</source>
        <translation>判定补交文件…</translation>
    </message>
    <message>
        <source>Sign the receipt…</source>
        <translation>签署接收单…</translation>
    </message>
</context>
<context>
    <name>ReceivePage</name>
    <message>
        <source>Shipment</source>
        <translation>货件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>No shipment is advised</source>
        <translation>暂无货件通知</translation>
    </message>
    <message>
        <source>Shipments come with the sponsor&apos;s package.</source>
        <translation>货件信息随申办方数据包提供。</translation>
    </message>
    <message>
        <source>{shipment} · despatched {when}</source>
        <translation>{shipment} · 发货 {when}</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Import a package…</source>
        <translation>导入数据包…</translation>
    </message>
    <message>
        <source>on the advice, taken as intact</source>
        <translation>通知所列，登记为完好</translation>
    </message>
    <message>
        <source>damaged: it will never be given</source>
        <translation>破损：不得发放</translation>
    </message>
    <message>
        <source>not on the advice: put it aside and tell the sponsor</source>
        <translation>通知未列：请单独放置并告知申办方</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>{said} · as done {when}</source>
        <translation>{said} · 记录为 {when} 完成</translation>
    </message>
    <message>
        <source>Kit {kit} is damaged</source>
        <translation>药盒 {kit} 破损</translation>
    </message>
    <message>
        <source>It will never be given. Describe what you see; keep it for the sponsor.</source>
        <translation>该药盒不得发放。请描述所见，并留存待申办方处理。</translation>
    </message>
    <message>
        <source>Damage</source>
        <translation>破损情况</translation>
    </message>
    <message>
        <source>Record the damage</source>
        <translation>登记破损</translation>
    </message>
    <message>
        <source>Trial packages (*.package);;All files (*)</source>
        <translation>试验数据包 (*.package);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Trial package</source>
        <translation>试验数据包</translation>
    </message>
    <message>
        <source>I read the changes of the protocol and put them in force: {what}</source>
        <translation>我已阅读方案变更并使其生效：{what}</translation>
    </message>
    <message>
        <source>Logger files (*.csv *.txt *.tsv *.xlsx);;All files (*)</source>
        <translation>温度记录文件 (*.csv *.txt *.tsv *.xlsx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Logger file</source>
        <translation>记录仪文件</translation>
    </message>
    <message>
        <source>I received shipment {shipment} and looked at every kit: {kits}.</source>
        <translation>本人已接收货件 {shipment}，并逐盒核查：{kits}。</translation>
    </message>
</context>
<context>
    <name>RecoveryDialog</name>
    <message>
        <source>Forgotten password</source>
        <translation>忘记密码</translation>
    </message>
    <message>
        <source>The code on the recovery sheet gives one person a new password and a new signing key. What was signed with the old key stays valid. Two people are present.</source>
        <translation>凭恢复单上的恢复码可为一人设置新密码和新的签名密钥。用原密钥所作的签名仍然有效。操作时须有两人在场。</translation>
    </message>
    <message>
        <source>Recovery code, from the sealed envelope</source>
        <translation>恢复码（见密封信封）</translation>
    </message>
    <message>
        <source>Case does not matter; spaces and hyphens may be left out.</source>
        <translation>字母不分大小写；空格和短横可省略。</translation>
    </message>
    <message>
        <source>Who gets a new password</source>
        <translation>为谁设置新密码</translation>
    </message>
    <message>
        <source>Choose a name</source>
        <translation>请选择姓名</translation>
    </message>
    <message>
        <source>Why the envelope was opened, and who is present</source>
        <translation>启封原因及在场人员</translation>
    </message>
    <message>
        <source>The reason is recorded.</source>
        <translation>原因将记录在案。</translation>
    </message>
    <message>
        <source>The code stays valid: seal the sheet into a new envelope at once. A sheet that was used should be replaced.</source>
        <translation>恢复码仍然有效：请立即将恢复单装入新信封重新封存；用过的恢复单应予更换。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Set the new password</source>
        <translation>设置新密码</translation>
    </message>
    <message>
        <source>Type the code from the sheet.</source>
        <translation>请输入恢复单上的恢复码。</translation>
    </message>
    <message>
        <source>Choose a name.</source>
        <translation>请选择姓名。</translation>
    </message>
    <message>
        <source>Give the reason.</source>
        <translation>请填写原因。</translation>
    </message>
    <message>
        <source>The new password is being set.</source>
        <translation>正在设置新密码。</translation>
    </message>
</context>
<context>
    <name>RecoveryView</name>
    <message>
        <source>Recovery code: shown this once</source>
        <translation>恢复码：仅显示这一次</translation>
    </message>
    <message>
        <source>It opens the vault when every password is lost. Print it, put it into an opaque envelope, seal it, keep it in the safe. Nobody can make it again.</source>
        <translation>所有密码均不可用时，可用恢复码打开保险库。请打印后放入不透光信封，封口并存放于保险柜。恢复码无法再次生成。</translation>
    </message>
    <message>
        <source>Recovery code {code}</source>
        <translation>恢复码 {code}</translation>
    </message>
    <message>
        <source>Print or save the sheet…</source>
        <translation>打印或保存恢复单…</translation>
    </message>
    <message>
        <source>Type group {number} from the paper in your hand</source>
        <translation>请对照手中的纸质恢复单，输入第 {number} 组</translation>
    </message>
    <message>
        <source>I have the sheet</source>
        <translation>恢复单已在手</translation>
    </message>
    <message>
        <source>That is not this group: read it from the sheet again.</source>
        <translation>与该组不符，请重新对照恢复单。</translation>
    </message>
</context>
<context>
    <name>RefusalsPanel</name>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Not done, for {count} reasons</source>
        <translation>未执行，原因共 {count} 项</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>未执行</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处理办法</translation>
    </message>
</context>
<context>
    <name>ReleaseCodeDialog</name>
    <message>
        <source>Open the allocation of {subject}</source>
        <translation>打开受试者 {subject} 的分配</translation>
    </message>
    <message>
        <source>Ring the randomisation desk, let them confirm the subject, and type what they read out, letter by letter. A wrong code costs nothing, but is recorded.</source>
        <translation>致电随机化中心确认受试者，逐字录入其口述的释放码。输错不会消耗条目，但会留下记录。</translation>
    </message>
    <message>
        <source>Release code</source>
        <translation>释放码</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>前往签名</translation>
    </message>
</context>
<context>
    <name>RemainsForm</name>
    <message>
        <source>What is left of dose {dose}</source>
        <translation>剂次 {dose} 的剩余情况</translation>
    </message>
    <message>
        <source>Subject {subject}, visit {visit}. It never returns to stock.</source>
        <translation>受试者 {subject}，访视 {visit}。不得再回库存。</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>回收情况</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Left in it, estimated</source>
        <translation>袋内剩余（目测）</translation>
    </message>
    <message>
        <source>Partly used bag only</source>
        <translation>仅部分使用的袋填写</translation>
    </message>
    <message>
        <source>Who brought or told it</source>
        <translation>送回人或告知人</translation>
    </message>
    <message>
        <source>Remarks, if any</source>
        <translation>备注（如有）</translation>
    </message>
    <message>
        <source>Choose what came back.</source>
        <translation>请选择回收情况。</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>Report from the ward</source>
        <translation>病区回报</translation>
    </message>
    <message>
        <source>Copy the times and the rest from the form that came back.</source>
        <translation>按返回的交接单录入时间及其他内容。</translation>
    </message>
    <message>
        <source>Infusion began</source>
        <translation>输注开始</translation>
    </message>
    <message>
        <source>Infusion ended</source>
        <translation>输注结束</translation>
    </message>
    <message>
        <source>Not infused</source>
        <translation>未输注</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>Record the report</source>
        <translation>登记回报</translation>
    </message>
    <message>
        <source>The bag came back…</source>
        <translation>输液袋退回…</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>交接</translation>
    </message>
    <message>
        <source>0 if all was infused.</source>
        <translation>全部输注请填 0。</translation>
    </message>
    <message>
        <source>Year-month-day hour:minute.</source>
        <translation>年-月-日 时:分。</translation>
    </message>
    <message>
        <source>The bag came back</source>
        <translation>输液袋退回</translation>
    </message>
    <message>
        <source>It was not given. It never returns to stock.</source>
        <translation>该输液袋未给药，不得再回库存。</translation>
    </message>
    <message>
        <source>Returned by</source>
        <translation>退回人</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Record the return</source>
        <translation>登记退回</translation>
    </message>
</context>
<context>
    <name>ReserveForm</name>
    <message>
        <source>Keep kits as reserve samples</source>
        <translation>药盒留样</translation>
    </message>
    <message>
        <source>They are given to nobody. The way back is quarantine and a decision.</source>
        <translation>留样药盒不用于任何受试者；如需恢复，须先隔离并由申办方决定。</translation>
    </message>
    <message>
        <source>Reference, such as letter or section, and date</source>
        <translation>依据，如函件或方案章节及日期</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>下一步：签名</translation>
    </message>
</context>
<context>
    <name>ReservedFrame</name>
    <message>
        <source>TRAINING — no real subject, no real product</source>
        <translation>培训模式——无真实受试者，无真实药品</translation>
    </message>
</context>
<context>
    <name>ResolveDialog</name>
    <message>
        <source>Kit {kit}: {difference}</source>
        <translation>药盒 {kit}：{difference}</translation>
    </message>
    <message>
        <source>Recorded: {recorded}. Found: {found}.</source>
        <translation>登记位置：{recorded}。实际位置：{found}。</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>处理方式</translation>
    </message>
    <message>
        <source>Root cause</source>
        <translation>根本原因</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Position in which it lies now, scanned or typed</source>
        <translation>现在所在位置（扫描或录入）</translation>
    </message>
    <message>
        <source>Time out of storage</source>
        <translation>离库时间</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Needed for another cause, or if the time is unknown.</source>
        <translation>选择其他原因或时间不明时必填。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>继续签名</translation>
    </message>
    <message>
        <source>Choose a cause.</source>
        <translation>请选择原因。</translation>
    </message>
    <message>
        <source>Describe the cause.</source>
        <translation>请说明原因。</translation>
    </message>
    <message>
        <source>Enter the minutes, or why they are not known.</source>
        <translation>请录入分钟数，或说明为何不明。</translation>
    </message>
    <message>
        <source>Enter the whole position.</source>
        <translation>请录入完整位置。</translation>
    </message>
</context>
<context>
    <name>ResultDialog</name>
    <message>
        <source>Late result of lot {lot}</source>
        <translation>批次 {lot} 的后续检验结果</translation>
    </message>
    <message>
        <source>A failed result is a deviation, and leads to the look-back.</source>
        <translation>不合格结果将登记为偏离，并进入追溯。</translation>
    </message>
    <message>
        <source>Test, such as sterility at day 14</source>
        <translation>检验项目，例如第14天无菌检查</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Laboratory&apos;s report</source>
        <translation>检验报告编号</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Record it</source>
        <translation>登记</translation>
    </message>
</context>
<context>
    <name>ResultTable</name>
    <message>
        <source>Show all steps</source>
        <translation>显示全部步骤</translation>
    </message>
    <message>
        <source>Hide the steps</source>
        <translation>收起步骤</translation>
    </message>
    <message>
        <source>formula {version}</source>
        <translation>公式 {version}</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Criterion</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>differ {found} % ≤ {limit} %</source>
        <translation>相差 {found} % ≤ {limit} %</translation>
    </message>
    <message>
        <source>usable {volume} mL</source>
        <translation>可用 {volume} mL</translation>
    </message>
    <message>
        <source>rounding {found} % ≤ {limit} %</source>
        <translation>取整 {found} % ≤ {limit} %</translation>
    </message>
    <message>
        <source>Viability</source>
        <translation>活率</translation>
    </message>
    <message>
        <source>Viable /mL</source>
        <translation>活细胞 /mL</translation>
    </message>
    <message>
        <source>Total /mL</source>
        <translation>总细胞 /mL</translation>
    </message>
    <message>
        <source>Dose volume</source>
        <translation>所需体积</translation>
    </message>
    <message>
        <source>Draw up</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>Cells seen</source>
        <translation>计数细胞</translation>
    </message>
</context>
<context>
    <name>Returns</name>
    <message>
        <source>Dose</source>
        <translation>剂次</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>交出时间</translation>
    </message>
    <message>
        <source>{count} not accounted for</source>
        <translation>{count} 袋未登记回收</translation>
    </message>
    <message>
        <source>What is left of a bag is told once; it never returns to stock.</source>
        <translation>剩余情况只登记一次，不得再回库存。</translation>
    </message>
    <message>
        <source>Bags on the ward</source>
        <translation>病区的输液袋</translation>
    </message>
    <message>
        <source>Record what came back…</source>
        <translation>登记回收…</translation>
    </message>
    <message>
        <source>Select a bag first.</source>
        <translation>请先选择一袋。</translation>
    </message>
</context>
<context>
    <name>ScanBackPanel</name>
    <message>
        <source>Did the label come out? Stick it on and scan it</source>
        <translation>标签打印出来了吗？贴上并扫描</translation>
    </message>
    <message>
        <source>The bag may leave only when the label on it has been scanned back. If its symbol cannot be read, type dose code and copy as printed: D-4KX9MT3/1.</source>
        <translation>袋上标签扫描回读后方可离开药房。如二维码无法识读，请按标签所印录入剂次编码和份数，例如 D-4KX9MT3/1。</translation>
    </message>
    <message>
        <source>Type the code…</source>
        <translation>手动输入编码…</translation>
    </message>
    <message>
        <source>No label came out…</source>
        <translation>未打印出标签…</translation>
    </message>
    <message>
        <source>It is spoiled…</source>
        <translation>已损坏…</translation>
    </message>
    <message>
        <source>The label of this dose</source>
        <translation>本剂次的标签</translation>
    </message>
</context>
<context>
    <name>ScanLine</name>
    <message>
        <source>Ready to scan</source>
        <translation>就绪，请扫描</translation>
    </message>
    <message>
        <source>Last scan</source>
        <translation>上次扫描</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
</context>
<context>
    <name>ScanPanel</name>
    <message>
        <source>Fetch this kit and scan it</source>
        <translation>取出此药盒并扫描</translation>
    </message>
    <message>
        <source>Scan the kit at its position. A wrong kit stops the work.</source>
        <translation>在存放位置扫描药盒。拿错药盒将中止操作。</translation>
    </message>
    <message>
        <source>Type the number…</source>
        <translation>手动输入编号…</translation>
    </message>
    <message>
        <source>Pick sheet</source>
        <translation>取药单</translation>
    </message>
    <message>
        <source>Why this kit: {usable} usable kits in stock, first expiry first; {same} of them expire on this day, drawn at random among these.</source>
        <translation>选择理由：库存可用药盒 {usable} 个，先到期先用；其中 {same} 个同日到期，从中随机抽取。</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>The kit for this dose</source>
        <translation>本剂次的药盒</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Scanned in this box</source>
        <translation>本盒已扫描</translation>
    </message>
    <message>
        <source>{count} kits</source>
        <translation>{count} 个药盒</translation>
    </message>
    <message>
        <source>Type a code…</source>
        <translation>录入编码…</translation>
    </message>
    <message>
        <source>Take the scan back</source>
        <translation>撤回扫描</translation>
    </message>
    <message>
        <source>Box is done</source>
        <translation>此盒完成</translation>
    </message>
    <message>
        <source>Abandon…</source>
        <translation>放弃…</translation>
    </message>
    <message>
        <source>Close the count…</source>
        <translation>结束盘点…</translation>
    </message>
    <message>
        <source>Open a box first.</source>
        <translation>请先打开盒。</translation>
    </message>
    <message>
        <source>Select a scan first.</source>
        <translation>请先选择一条扫描。</translation>
    </message>
    <message>
        <source>Boxes left: {count}</source>
        <translation>剩余盒数：{count}</translation>
    </message>
    <message>
        <source>I looked into {boxes} boxes of count {count} and scanned all that lies there.</source>
        <translation>我已查看盘点 {count} 的 {boxes} 个盒，并扫描了其中全部药盒。</translation>
    </message>
    <message>
        <source>Abandon the count</source>
        <translation>放弃盘点</translation>
    </message>
    <message>
        <source>It ends without a result and does not count as one. What was scanned is kept.</source>
        <translation>盘点将无结果结束，不计为一次盘点；已扫描内容予以保留。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>继续签名</translation>
    </message>
    <message>
        <source>Count {count} ends without a result: {why}</source>
        <translation>盘点 {count} 无结果结束：{why}</translation>
    </message>
</context>
<context>
    <name>SecondPersonForm</name>
    <message>
        <source>The second person: checker</source>
        <translation>第二人：复核人</translation>
    </message>
    <message>
        <source>No dose leaves without a second person&apos;s check. They type their own password now; nobody else ever learns it.</source>
        <translation>每个剂次均须经第二人复核后方可发出。请复核人现在亲自设置密码，他人不得知晓。</translation>
    </message>
    <message>
        <source>Name as in the delegation log</source>
        <translation>姓名（与授权表一致）</translation>
    </message>
    <message>
        <source>Short name, such as li.wei</source>
        <translation>短名，例如 li.wei</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Add this person</source>
        <translation>添加此人</translation>
    </message>
    <message>
        <source>Enter the name.</source>
        <translation>请填写姓名。</translation>
    </message>
    <message>
        <source>Enter a short name.</source>
        <translation>请填写短名。</translation>
    </message>
</context>
<context>
    <name>Secrecy</name>
    <message>
        <source>BLINDED: may leave the pharmacy</source>
        <translation>盲态：可带出药房</translation>
    </message>
    <message>
        <source>UNBLINDED: stays in the pharmacy</source>
        <translation>非盲：不得带出药房</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Assumptions</source>
        <translation>预测假设</translation>
    </message>
    <message>
        <source>Subjects enrolled here a month</source>
        <translation>本中心每月入组受试者</translation>
    </message>
    <message>
        <source>Deaths in 28 days</source>
        <translation>28天内死亡</translation>
    </message>
    <message>
        <source>Drop-outs in 28 days</source>
        <translation>28天内脱落</translation>
    </message>
    <message>
        <source>Kits replaced</source>
        <translation>更换的药盒</translation>
    </message>
    <message>
        <source>Enter a later stage</source>
        <translation>进入后续阶段</translation>
    </message>
    <message>
        <source>Lead time</source>
        <translation>订货提前期</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Look ahead</source>
        <translation>预测期</translation>
    </message>
    <message>
        <source>weeks</source>
        <translation>周</translation>
    </message>
    <message>
        <source>Fill it in.</source>
        <translation>请填写。</translation>
    </message>
</context>
<context>
    <name>Settle</name>
    <message>
        <source>No label came out</source>
        <translation>未打印出标签</translation>
    </message>
    <message>
        <source>This copy&apos;s number is not used again. The next copy gets a new one.</source>
        <translation>该份编号不再使用，下一份使用新编号。</translation>
    </message>
    <message>
        <source>What happened (jam, empty …)</source>
        <translation>发生了什么（卡纸、缺纸……）</translation>
    </message>
    <message>
        <source>The label came out spoiled</source>
        <translation>标签打印出但已损坏</translation>
    </message>
    <message>
        <source>Destroy it: it may be on no bag. A further copy needs a second person.</source>
        <translation>请销毁，不得贴在任何袋上。另打一份须由第二人签字。</translation>
    </message>
    <message>
        <source>What is wrong with it (torn, smeared, cut …)</source>
        <translation>有何问题（撕裂、模糊、裁断……）</translation>
    </message>
    <message>
        <source>Record it</source>
        <translation>登记</translation>
    </message>
</context>
<context>
    <name>ShipperForm</name>
    <message>
        <source>Open the shipper</source>
        <translation>开启运输罐</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Seals</source>
        <translation>封签</translation>
    </message>
    <message>
        <source>intact</source>
        <translation>完好</translation>
    </message>
    <message>
        <source>broken or missing</source>
        <translation>破损或缺失</translation>
    </message>
    <message>
        <source>Tilt indicator</source>
        <translation>倾倒指示器</translation>
    </message>
    <message>
        <source>upright</source>
        <translation>未倾倒</translation>
    </message>
    <message>
        <source>has tripped</source>
        <translation>已触发</translation>
    </message>
    <message>
        <source>Shipper number (if any)</source>
        <translation>运输罐编号（如有）</translation>
    </message>
    <message>
        <source>Seal numbers (if any)</source>
        <translation>封签编号（如有）</translation>
    </message>
    <message>
        <source>Weight, if weighed</source>
        <translation>重量（如称量）</translation>
    </message>
    <message>
        <source>Weight at despatch, if told</source>
        <translation>发出时重量（如已知）</translation>
    </message>
    <message>
        <source>Came to the site at, if known</source>
        <translation>到达中心时间（如知）</translation>
    </message>
    <message>
        <source>Remarks (if any)</source>
        <translation>备注（如有）</translation>
    </message>
    <message>
        <source>Open the receipt</source>
        <translation>开始接收</translation>
    </message>
    <message>
        <source>{count} kits · despatched {when} · logger {logger}</source>
        <translation>{count} 盒 · 发货 {when} · 记录仪 {logger}</translation>
    </message>
    <message>
        <source>Every kit of this shipper will wait in quarantine for the sponsor&apos;s decision.</source>
        <translation>此运输罐的全部药盒将被隔离，等待申办方决定。</translation>
    </message>
    <message>
        <source>Say what you found.</source>
        <translation>请填写所见情况。</translation>
    </message>
    <message>
        <source>Day and time, such as 2026-11-30 09:15.</source>
        <translation>日期和时间，例如 2026-11-30 09:15。</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>TRAINING: no real subject, no real dose</source>
        <translation>培训：无真实受试者，无真实剂次</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Why the clock is right now</source>
        <translation>说明当前时钟为何正确</translation>
    </message>
    <message>
        <source>The reason is recorded with the sign-in.</source>
        <translation>该原因将随登录一并记录。</translation>
    </message>
    <message>
        <source>Sign in with this reason</source>
        <translation>说明原因并登录</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Another site…</source>
        <translation>其他中心…</translation>
    </message>
    <message>
        <source>Forgotten password…</source>
        <translation>忘记密码…</translation>
    </message>
    <message>
        <source>The new password is set. Sign in with it now.</source>
        <translation>新密码已设置。请用新密码登录。</translation>
    </message>
    <message>
        <source>Vault: {folder}</source>
        <translation>保险库：{folder}</translation>
    </message>
    <message>
        <source>{name}: {password}</source>
        <translation>{name}：{password}</translation>
    </message>
    <message>
        <source>Passwords for training:</source>
        <translation>培训用密码：</translation>
    </message>
    <message>
        <source>Choose your name</source>
        <translation>请选择姓名</translation>
    </message>
    <message>
        <source>Choose your name.</source>
        <translation>请选择姓名。</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>请输入密码。</translation>
    </message>
    <message>
        <source>Give the reason.</source>
        <translation>请说明原因。</translation>
    </message>
    <message>
        <source>Wait {seconds} s before the next try.</source>
        <translation>请等待 {seconds} 秒后再试。</translation>
    </message>
    <message>
        <source>The password is being checked.</source>
        <translation>正在核对密码。</translation>
    </message>
</context>
<context>
    <name>SignatureDialog</name>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Your password opens your own signing key. Nobody else can sign for you.</source>
        <translation>密码用于打开您本人的签名密钥，他人无法代签。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The signature is being made.</source>
        <translation>正在签名。</translation>
    </message>
</context>
<context>
    <name>SignerBlock</name>
    <message>
        <source>Meaning: {meaning}</source>
        <translation>签名含义：{meaning}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Choose who signs.</source>
        <translation>请选择签名人。</translation>
    </message>
    <message>
        <source>Enter the password.</source>
        <translation>请输入密码。</translation>
    </message>
</context>
<context>
    <name>SiteWindow</name>
    <message>
        <source>A folder for the backup, best on another disk</source>
        <translation>选择备份文件夹，最好在另一磁盘上</translation>
    </message>
    <message>
        <source>Backup made and proven: {events} events</source>
        <translation>备份已完成并验证：{events} 个事件</translation>
    </message>
</context>
<context>
    <name>StandingCard</name>
    <message>
        <source>Consent…</source>
        <translation>知情同意…</translation>
    </message>
    <message>
        <source>Missed visit…</source>
        <translation>访视缺失…</translation>
    </message>
    <message>
        <source>Break the code…</source>
        <translation>紧急揭盲…</translation>
    </message>
    <message>
        <source>Its letter…</source>
        <translation>揭盲函…</translation>
    </message>
    <message>
        <source>End of participation…</source>
        <translation>登记结束…</translation>
    </message>
    <message>
        <source>Take back the end…</source>
        <translation>撤销结束…</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>登记时间</translation>
    </message>
    <message>
        <source>Requested by</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>申请编号</translation>
    </message>
    <message>
        <source>given</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Consent, {stage}</source>
        <translation>知情同意，{stage}</translation>
    </message>
    <message>
        <source>The subject&apos;s part has ended.</source>
        <translation>受试者已结束参与。</translation>
    </message>
    <message>
        <source>This visit has its dose, or is missed already.</source>
        <translation>该访视已有剂次或已登记缺失。</translation>
    </message>
    <message>
        <source>Take back the end of {subject}</source>
        <translation>撤销受试者 {subject} 的结束登记</translation>
    </message>
    <message>
        <source>Only if it was recorded in error. What it stopped stays stopped.</source>
        <translation>仅限误登记。已停止的剂次不再恢复。</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>How it is known</source>
        <translation>如何得知系误登记</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>继续签名</translation>
    </message>
    <message>
        <source>The end of {subject} was recorded in error: {reason}</source>
        <translation>受试者 {subject} 的结束系误登记：{reason}</translation>
    </message>
</context>
<context>
    <name>StartPanel</name>
    <message>
        <source>Count</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Count stock</source>
        <translation>盘点库存</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>盘点记录</translation>
    </message>
    <message>
        <source>Scan every box and what lies in it. Nothing of what the record expects is shown until the count is closed.</source>
        <translation>请扫描每个盒及其中药盒。盘点结束前不显示任何登记的预期内容。</translation>
    </message>
    <message>
        <source>What to count</source>
        <translation>盘点范围</translation>
    </message>
    <message>
        <source>Or one rack or box alone, scanned or typed</source>
        <translation>或仅盘点一个架或盒（扫描或录入）</translation>
    </message>
    <message>
        <source>Begin the count</source>
        <translation>开始盘点</translation>
    </message>
    <message>
        <source>Print the sheet…</source>
        <translation>打印盘点表…</translation>
    </message>
    <message>
        <source>No box is due.</source>
        <translation>没有到期应盘点的盒。</translation>
    </message>
    <message>
        <source>Boxes due: {count}, the oldest since {when}.</source>
        <translation>应盘点 {count} 个盒，最早自 {when}。</translation>
    </message>
    <message>
        <source>Select a count first.</source>
        <translation>请先选择一次盘点。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Nobody is signed in</source>
        <translation>无人登录</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Sign out: the work is kept (Ctrl+Q)</source>
        <translation>退出登录，工作进度保留 (Ctrl+Q)</translation>
    </message>
    <message>
        <source>Clock trusted</source>
        <translation>时钟可信</translation>
    </message>
    <message>
        <source>Clock not trusted</source>
        <translation>时钟不可信</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Backup {when}</source>
        <translation>备份 {when}</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Copy the vault to another disk and prove it (Ctrl+B)</source>
        <translation>将保险库复制到另一磁盘并验证（Ctrl+B）</translation>
    </message>
    <message>
        <source>Exchange {when}</source>
        <translation>数据交换 {when}</translation>
    </message>
    <message>
        <source>Alarms: {count}</source>
        <translation>警报：{count}</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>now</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已中止</translation>
    </message>
</context>
<context>
    <name>StockPage</name>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>Put away, move</source>
        <translation>入位、移位</translation>
    </message>
    <message>
        <source>Readiness</source>
        <translation>备药情况</translation>
    </message>
    <message>
        <source>{all} kits · showing {shown}</source>
        <translation>共 {all} 盒 · 显示 {shown} 盒</translation>
    </message>
    <message>
        <source>Quarantine…</source>
        <translation>隔离…</translation>
    </message>
    <message>
        <source>Decide on quarantine…</source>
        <translation>隔离处理…</translation>
    </message>
    <message>
        <source>Kits</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Map (F7)</source>
        <translation>储存图 (F7)</translation>
    </message>
    <message>
        <source>Excursions</source>
        <translation>温度超限</translation>
    </message>
    <message>
        <source>Lots</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Count (F8)</source>
        <translation>盘点 (F8)</translation>
    </message>
    <message>
        <source>Stock count</source>
        <translation>库存盘点</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>No kit selected</source>
        <translation>未选择药盒</translation>
    </message>
    <message>
        <source>Dose</source>
        <translation>剂次</translation>
    </message>
    <message>
        <source>Select a kit first.</source>
        <translation>请先选择药盒。</translation>
    </message>
    <message>
        <source>It turned up…</source>
        <translation>已找到…</translation>
    </message>
    <message>
        <source>No kit is in quarantine.</source>
        <translation>没有隔离中的药盒。</translation>
    </message>
    <message>
        <source>{count} free</source>
        <translation>空位 {count}</translation>
    </message>
    <message>
        <source>Quarantine kit {kit}</source>
        <translation>隔离药盒 {kit}</translation>
    </message>
    <message>
        <source>It may not be used until the sponsor has decided.</source>
        <translation>申办方作出决定前不得使用。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Quarantine it</source>
        <translation>隔离</translation>
    </message>
</context>
<context>
    <name>StorageView</name>
    <message>
        <source>Storage unit</source>
        <translation>储存设备</translation>
    </message>
    <message>
        <source>Find a kit or a box</source>
        <translation>查找药盒或冻存盒</translation>
    </message>
    <message>
        <source>Daily check…</source>
        <translation>每日检查…</translation>
    </message>
    <message>
        <source>Box map…</source>
        <translation>位置图…</translation>
    </message>
    <message>
        <source>Move several…</source>
        <translation>批量移位…</translation>
    </message>
    <message>
        <source>Pick list…</source>
        <translation>取药清单…</translation>
    </message>
    <message>
        <source>Add unit…</source>
        <translation>添加设备…</translation>
    </message>
    <message>
        <source>Block…</source>
        <translation>封闭…</translation>
    </message>
    <message>
        <source>Unblock…</source>
        <translation>解除封闭…</translation>
    </message>
    <message>
        <source>Show the kit</source>
        <translation>查看药盒</translation>
    </message>
    <message>
        <source>No storage unit yet</source>
        <translation>尚无储存设备</translation>
    </message>
    <message>
        <source>There is no storage unit yet.</source>
        <translation>尚无储存设备。</translation>
    </message>
    <message>
        <source>No kit is assigned to a dose.</source>
        <translation>没有已分配给剂次的药盒。</translation>
    </message>
    <message>
        <source>{count} free</source>
        <translation>空位 {count}</translation>
    </message>
    <message>
        <source>Never checked</source>
        <translation>从未检查</translation>
    </message>
    <message>
        <source>Checked {when}: {reading}</source>
        <translation>{when} 已检查：{reading}</translation>
    </message>
    <message>
        <source>{told} · outside its limits</source>
        <translation>{told} · 超出限值</translation>
    </message>
    <message>
        <source>{told} · days missed since: {count}</source>
        <translation>{told} · 此后漏检 {count} 天</translation>
    </message>
    <message>
        <source>Select a place first.</source>
        <translation>请先选择位置。</translation>
    </message>
    <message>
        <source>No kit lies here.</source>
        <translation>此处无药盒。</translation>
    </message>
    <message>
        <source>A kit lies here: move it first.</source>
        <translation>此处有药盒，请先移走。</translation>
    </message>
    <message>
        <source>It is blocked already.</source>
        <translation>此处已封闭。</translation>
    </message>
    <message>
        <source>It is not blocked.</source>
        <translation>此处未封闭。</translation>
    </message>
    <message>
        <source>Select a place: by pointer, or Enter and arrow keys.</source>
        <translation>请选择位置：点击，或用回车键和方向键。</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Neither a kit in storage nor a box.</source>
        <translation>既不是在库药盒，也不是冻存盒。</translation>
    </message>
    <message>
        <source>Box map</source>
        <translation>冻存盒位置图</translation>
    </message>
    <message>
        <source>Kits assigned to doses</source>
        <translation>已分配给剂次的药盒</translation>
    </message>
    <message>
        <source>Pick list</source>
        <translation>取药清单</translation>
    </message>
    <message>
        <source>Unblock {place}</source>
        <translation>解除封闭 {place}</translation>
    </message>
    <message>
        <source>It may take a kit again.</source>
        <translation>此处可重新放入药盒。</translation>
    </message>
    <message>
        <source>Why it can be used again</source>
        <translation>可重新使用的原因</translation>
    </message>
    <message>
        <source>Unblock it</source>
        <translation>解除封闭</translation>
    </message>
</context>
<context>
    <name>SubjectDetail</name>
    <message>
        <source>Visits</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>缺失原因</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划时间</translation>
    </message>
    <message>
        <source>Window opens</source>
        <translation>窗口开始</translation>
    </message>
    <message>
        <source>Window closes</source>
        <translation>窗口结束</translation>
    </message>
    <message>
        <source>Dose {dose}</source>
        <translation>剂次 {dose}</translation>
    </message>
</context>
<context>
    <name>SubjectsPage</name>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>登记时间</translation>
    </message>
    <message>
        <source>Requested by</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Enrol a subject…</source>
        <translation>登记受试者…</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet</source>
        <translation>尚无受试者</translation>
    </message>
    <message>
        <source>A subject is enrolled from the investigator&apos;s request.</source>
        <translation>受试者按研究者的申请登记。</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>{count} enrolled</source>
        <translation>已登记 {count} 名</translation>
    </message>
    <message>
        <source>Dose {dose}</source>
        <translation>剂次 {dose}</translation>
    </message>
    <message>
        <source>Start the dose of {visit}</source>
        <translation>开始 {visit} 剂次</translation>
    </message>
</context>
<context>
    <name>TakeOutPanel</name>
    <message>
        <source>Take the kit out of storage</source>
        <translation>取出药盒</translation>
    </message>
    <message>
        <source>Its time out of storage runs from now on and is added up; at most {minutes} min.</source>
        <translation>自此刻起累计离库时间，上限 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>It is out of storage</source>
        <translation>已取出</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>手动输入</translation>
    </message>
    <message>
        <source>scanned</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>From position</source>
        <translation>取自位置</translation>
    </message>
    <message>
        <source>Out before</source>
        <translation>此前离库</translation>
    </message>
    <message>
        <source>{minutes} min in all</source>
        <translation>累计 {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>TankForm</name>
    <message>
        <source>The first storage unit</source>
        <translation>第一个储存设备</translation>
    </message>
    <message>
        <source>Another storage unit</source>
        <translation>另一储存设备</translation>
    </message>
    <message>
        <source>Kits are put away by rack, box and position, such as T1-R3-B02-C5.</source>
        <translation>药盒按架、盒、位存放，例如 T1-R3-B02-C5。</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>设备类型</translation>
    </message>
    <message>
        <source>Code on the unit</source>
        <translation>设备上的代码</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Coldest allowed, if any</source>
        <translation>温度下限（如有）</translation>
    </message>
    <message>
        <source>Warmest allowed</source>
        <translation>温度上限</translation>
    </message>
    <message>
        <source>Lowest level, if any</source>
        <translation>最低液位（如有）</translation>
    </message>
    <message>
        <source>Racks</source>
        <translation>架数</translation>
    </message>
    <message>
        <source>Boxes a rack</source>
        <translation>每架盒数</translation>
    </message>
    <message>
        <source>Rows a box</source>
        <translation>每盒行数</translation>
    </message>
    <message>
        <source>Columns a box</source>
        <translation>每盒列数</translation>
    </message>
    <message>
        <source>Positions are labelled by</source>
        <translation>位置编号方式</translation>
    </message>
    <message>
        <source>Racks are labelled by</source>
        <translation>架编号方式</translation>
    </message>
    <message>
        <source>Boxes are labelled by</source>
        <translation>盒编号方式</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add this storage unit</source>
        <translation>添加此储存设备</translation>
    </message>
    <message>
        <source>{labels}, with leading zeros</source>
        <translation>{labels}，补零</translation>
    </message>
    <message>
        <source>Fill this in.</source>
        <translation>请填写。</translation>
    </message>
    <message>
        <source>Enter a number.</source>
        <translation>请填写数字。</translation>
    </message>
</context>
<context>
    <name>TankMap</name>
    <message>
        <source>Storage map</source>
        <translation>储存图</translation>
    </message>
    <message>
        <source>rack {rack}, box {box}, free: {count}</source>
        <translation>架 {rack}，盒 {box}，空位 {count}</translation>
    </message>
    <message>
        <source>Rack {rack}</source>
        <translation>架 {rack}</translation>
    </message>
    <message>
        <source>{count} free</source>
        <translation>空位 {count}</translation>
    </message>
    <message>
        <source>full</source>
        <translation>已满</translation>
    </message>
</context>
<context>
    <name>TemperaturePlot</name>
    <message>
        <source>{limit} °C limit</source>
        <translation>限值 {limit} °C</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>开箱</translation>
    </message>
    <message>
        <source>Temperature curve, no readings</source>
        <translation>温度曲线，无读数</translation>
    </message>
    <message>
        <source>Temperature curve, {count} readings, {low} to {high} °C</source>
        <translation>温度曲线，共 {count} 个读数，{low} 至 {high} °C</translation>
    </message>
</context>
<context>
    <name>ThawPanel</name>
    <message>
        <source>Start the thaw</source>
        <translation>开始复苏</translation>
    </message>
    <message>
        <source>Read the temperature at the bath, put the kit in, then start.</source>
        <translation>读取水浴温度，放入药盒后开始。</translation>
    </message>
    <message>
        <source>Bath</source>
        <translation>水浴</translation>
    </message>
    <message>
        <source>Temperature read at the bath</source>
        <translation>水浴温度读数</translation>
    </message>
    <message>
        <source>Once thawed, this kit never returns to stock.</source>
        <translation>一经复苏，该药盒不得再回库存。</translation>
    </message>
    <message>
        <source>Type the temperature.</source>
        <translation>请录入温度。</translation>
    </message>
</context>
<context>
    <name>ThawingPanel</name>
    <message>
        <source>Thawing</source>
        <translation>复苏中</translation>
    </message>
    <message>
        <source>Swirl gently until the last ice is gone, then end the thaw.</source>
        <translation>轻轻摇动至冰晶完全消失，然后结束复苏。</translation>
    </message>
    <message>
        <source>The last ice is gone</source>
        <translation>冰晶已完全消失</translation>
    </message>
    <message>
        <source>Bath {bath} at {degrees} °C</source>
        <translation>水浴 {bath}，{degrees} °C</translation>
    </message>
</context>
<context>
    <name>TimeOut</name>
    <message>
        <source>Out {used} of {budget} min · {left} min left</source>
        <translation>离库 {used} / {budget} 分钟 · 剩余 {left} 分钟</translation>
    </message>
    <message>
        <source>Out {used} of {budget} min · spent, not for use</source>
        <translation>离库 {used} / {budget} 分钟 · 已用尽，不得使用</translation>
    </message>
    <message>
        <source>out since {when}</source>
        <translation>自 {when} 离库</translation>
    </message>
</context>
<context>
    <name>ToDispose</name>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What waits</source>
        <translation>待处置物</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>what is left of it</source>
        <translation>剩余物</translation>
    </message>
    <message>
        <source>the whole kit</source>
        <translation>完整药盒</translation>
    </message>
    <message>
        <source>{count} wait to be listed</source>
        <translation>{count} 盒待列入清单</translation>
    </message>
    <message>
        <source>The list, the sponsor&apos;s word, then destruction or return.</source>
        <translation>编制清单、申办方授权，然后销毁或退回。</translation>
    </message>
    <message>
        <source>Kits to dispose of</source>
        <translation>待处置的药盒</translation>
    </message>
    <message>
        <source>Waste kits…</source>
        <translation>报废药盒…</translation>
    </message>
    <message>
        <source>Keep as reserve…</source>
        <translation>留样…</translation>
    </message>
    <message>
        <source>Draw up a list…</source>
        <translation>编制清单…</translation>
    </message>
    <message>
        <source>Kits {kits} are wasted: {why}</source>
        <translation>药盒 {kits} 报废：{why}</translation>
    </message>
    <message>
        <source>Kits {kits} are kept as reserve samples, by {reference}: {why}</source>
        <translation>药盒 {kits} 留样，依据 {reference}：{why}</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Readiness and forecast</source>
        <translation>备药情况与预测</translation>
    </message>
    <message>
        <source>Back to the day</source>
        <translation>返回当日</translation>
    </message>
    <message>
        <source>Readiness</source>
        <translation>备药情况</translation>
    </message>
    <message>
        <source>stock against the visits to come, by arm and stage</source>
        <translation>按组别和阶段核对库存与计划访视</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>星期一</translation>
    </message>
    <message>
        <source>Tuesday</source>
        <translation>星期二</translation>
    </message>
    <message>
        <source>Wednesday</source>
        <translation>星期三</translation>
    </message>
    <message>
        <source>Thursday</source>
        <translation>星期四</translation>
    </message>
    <message>
        <source>Friday</source>
        <translation>星期五</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>星期六</translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation>星期日</translation>
    </message>
    <message>
        <source>Today · {day}</source>
        <translation>今日 · {day}</translation>
    </message>
    <message>
        <source>Next 14 days</source>
        <translation>未来 14 天</translation>
    </message>
    <message>
        <source>usable, in-date stock against the visits to come</source>
        <translation>可用且在效期内的库存与访视需求</translation>
    </message>
</context>
<context>
    <name>ToldCard</name>
    <message>
        <source>box {box}</source>
        <translation>盒 {box}</translation>
    </message>
    <message>
        <source>Count {count}</source>
        <translation>盘点 {count}</translation>
    </message>
    <message>
        <source>Scan a kit</source>
        <translation>请扫描药盒</translation>
    </message>
    <message>
        <source>Scan a box</source>
        <translation>请扫描盒</translation>
    </message>
    <message>
        <source>Nothing of what is expected is shown.</source>
        <translation>不显示任何登记的预期内容。</translation>
    </message>
    <message>
        <source>What the ward is told</source>
        <translation>告知病区的内容</translation>
    </message>
    <message>
        <source>BLINDED</source>
        <translation>盲态</translation>
    </message>
    <message>
        <source>Paper for the ward…</source>
        <translation>病区文件…</translation>
    </message>
    <message>
        <source>Yes: the doses of all visits up to and on that day are there, whichever arm anybody is in. No: not promised; it says nothing about any subject.</source>
        <translation>“是”：该日及之前所有访视的用药均已备妥，与任何人的组别无关。“否”：未作承诺；不说明任何受试者的情况。</translation>
    </message>
    <message>
        <source>Ready for one more subject</source>
        <translation>可再入组一名受试者</translation>
    </message>
    <message>
        <source>Not promised for one more subject</source>
        <translation>未承诺可再入组一名受试者</translation>
    </message>
    <message>
        <source>No visit is planned in the next four weeks.</source>
        <translation>未来四周没有计划访视。</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Ready for all of them</source>
        <translation>全部备妥</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>UNBLINDED</source>
        <translation>非盲</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Curtain</source>
        <translation>遮屏</translation>
    </message>
    <message>
        <source>Find any kit, subject, dose, shipment or place (Ctrl+K)</source>
        <translation>查找药盒、受试者、剂次、货件或页面（Ctrl+K）</translation>
    </message>
    <message>
        <source>Cover the screen at once; a password lifts it (F12)</source>
        <translation>立即遮屏；输入密码解除（F12）</translation>
    </message>
    <message>
        <source>中文</source>
        <comment>the other language, in its own script</comment>
        <translation>English</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Change the language of the window</source>
        <translation>切换界面语言</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Change between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
</context>
<context>
    <name>TrainingDialog</name>
    <message>
        <source>TRAINING: nothing here is real</source>
        <translation>培训：以下内容均非真实</translation>
    </message>
    <message>
        <source>Training aids</source>
        <translation>培训工具</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Randomisation desk</source>
        <translation>随机化服务台</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Kits and labels</source>
        <translation>药盒与标签</translation>
    </message>
    <message>
        <source>A click scans the kit or label into the page behind this window.</source>
        <translation>点击药盒或标签，即视为在后面的页面中扫描。</translation>
    </message>
    <message>
        <source>The desk reads out a code for one subject and one stage. A click copies it.</source>
        <translation>服务台为一名受试者的一个阶段报出一个放行码。点击即可复制。</translation>
    </message>
    <message>
        <source>The training people and their passwords.</source>
        <translation>培训人员及其密码。</translation>
    </message>
    <message>
        <source>{name} · {roles}
password: {password}</source>
        <translation>{name} · {roles}
密码：{password}</translation>
    </message>
    <message>
        <source>{kit} · {state} · shipment {shipment}</source>
        <translation>{kit} · {state} · 货件 {shipment}</translation>
    </message>
    <message>
        <source>Label of dose {dose}, copy {copy}</source>
        <translation>剂次 {dose} 的标签，第 {copy} 份</translation>
    </message>
    <message>
        <source>{code} · {stage}</source>
        <translation>{code} · {stage}</translation>
    </message>
    <message>
        <source>{code} · planned unblinding of {subject}</source>
        <translation>{code} · {subject} 计划揭盲</translation>
    </message>
    <message>
        <source>Copied: {code}</source>
        <translation>已复制：{code}</translation>
    </message>
</context>
<context>
    <name>TrainingMade</name>
    <message>
        <source>The training site is ready</source>
        <translation>培训中心已就绪</translation>
    </message>
    <message>
        <source>{name} ({roles})
      password: {password}</source>
        <translation>{name}（{roles}）
      密码：{password}</translation>
    </message>
    <message>
        <source>The sign-in window shows these again; at work F2 shows all training aids.</source>
        <translation>登录窗口会再次显示；工作中按 F2 可查看全部培训工具。</translation>
    </message>
    <message>
        <source>Go to the sign-in</source>
        <translation>前往登录</translation>
    </message>
</context>
<context>
    <name>TypedCodeDialog</name>
    <message>
        <source>Type a code</source>
        <translation>手工输入编码</translation>
    </message>
    <message>
        <source>Code as printed</source>
        <translation>标签上印刷的编码</translation>
    </message>
    <message>
        <source>It will be recorded as typed, not scanned.</source>
        <translation>将记录为手工输入，而非扫描。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use this code</source>
        <translation>使用此编码</translation>
    </message>
    <message>
        <source>Type the code that is printed beside the symbol.</source>
        <translation>请输入条码旁印刷的编码。</translation>
    </message>
</context>
<context>
    <name>UnblindingDialog</name>
    <message>
        <source>Planned unblinding of {subject}</source>
        <translation>受试者 {subject} 按计划揭盲</translation>
    </message>
    <message>
        <source>When the sponsor has authorised it: type the unblinding code that the randomisation desk reads out, or open the sponsor&apos;s signed notice.</source>
        <translation>经申办方授权后：录入随机化中心口述的揭盲码，或打开申办方签名的通知。</translation>
    </message>
    <message>
        <source>Unblinding code</source>
        <translation>揭盲码</translation>
    </message>
    <message>
        <source>Open the sponsor&apos;s notice…</source>
        <translation>打开申办方通知…</translation>
    </message>
    <message>
        <source>Planned from {day} on. Why earlier? (a deviation)</source>
        <translation>计划揭盲自 {day} 起。为何提前？（记为偏离）</translation>
    </message>
    <message>
        <source>Notices (*{suffix})</source>
        <translation>通知（*{suffix}）</translation>
    </message>
    <message>
        <source>The sponsor&apos;s notice</source>
        <translation>申办方通知</translation>
    </message>
</context>
<context>
    <name>UnitCheckDialog</name>
    <message>
        <source>Daily check of {unit}</source>
        <translation>{unit} 每日检查</translation>
    </message>
    <message>
        <source>Temperature on the display</source>
        <translation>显示屏温度</translation>
    </message>
    <message>
        <source>Level of liquid nitrogen</source>
        <translation>液氮液位</translation>
    </message>
    <message>
        <source>Remarks; what was done, if a limit is broken</source>
        <translation>备注；如超出限值，请写明处理措施</translation>
    </message>
    <message>
        <source>Last checks</source>
        <translation>最近检查</translation>
    </message>
    <message>
        <source>It was never checked.</source>
        <translation>从未检查。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Record the check</source>
        <translation>登记检查</translation>
    </message>
</context>
<context>
    <name>UnitLogCard</name>
    <message>
        <source>{record}: outside the limits, or not measured</source>
        <translation>{record}：超出限值或未测得</translation>
    </message>
    <message>
        <source>{record}: within the limits all the time</source>
        <translation>{record}：全程在限值之内</translation>
    </message>
</context>
<context>
    <name>UnitLogDialog</name>
    <message>
        <source>The file is recorded</source>
        <translation>文件已登记</translation>
    </message>
    <message>
        <source>A case finds every kit that lay there at the time, and holds it back.</source>
        <translation>立案后会找出当时存放于此的全部药盒并暂停使用。</translation>
    </message>
    <message>
        <source>Nothing has to be done.</source>
        <translation>无需处理。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open a case…</source>
        <translation>立案…</translation>
    </message>
</context>
<context>
    <name>UnitLogPreview</name>
    <message>
        <source>Storage unit in which the logger lay</source>
        <translation>记录仪所在的储存设备</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>This logger lay in {unit} when its file was read last.</source>
        <translation>上次读取时，该记录仪位于 {unit}。</translation>
    </message>
    <message>
        <source>Say which unit it is.</source>
        <translation>请选择储存设备。</translation>
    </message>
</context>
<context>
    <name>Unsettled</name>
    <message>
        <source>None came out…</source>
        <translation>未打印出…</translation>
    </message>
    <message>
        <source>It was destroyed…</source>
        <translation>已销毁…</translation>
    </message>
    <message>
        <source>Label {label} was sent to the printer: what became of it?</source>
        <translation>标签 {label} 已送打印机：去向如何？</translation>
    </message>
</context>
<context>
    <name>VerifyDialog</name>
    <message>
        <source>Verify dose {dose}</source>
        <translation>复核剂次 {dose}</translation>
    </message>
    <message>
        <source>Second person: type the raw counts as you read them in the records of the count. Readings that differ are recorded as such, and the deviation stays open.</source>
        <translation>第二人：请按计数原始记录录入读数。读数不一致将如实登记，偏离保持未关闭。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>前往签名</translation>
    </message>
</context>
<context>
    <name>VisitPanel</name>
    <message>
        <source>Visit window</source>
        <translation>访视窗口</translation>
    </message>
    <message>
        <source>A dose is begun for one visit of one subject, in its window.</source>
        <translation>每个剂次对应一名受试者的一次访视，须在访视窗内开始。</translation>
    </message>
    <message>
        <source>Reason for a dose outside the window</source>
        <translation>超窗原因</translation>
    </message>
    <message>
        <source>It is recorded as a deviation.</source>
        <translation>将登记为方案偏离。</translation>
    </message>
    <message>
        <source>Begin this dose</source>
        <translation>开始该剂次</translation>
    </message>
    <message>
        <source>Body weight at this visit</source>
        <translation>本次访视体重</translation>
    </message>
    <message>
        <source>The earlier visit was not given yet</source>
        <translation>前次访视尚未给药</translation>
    </message>
    <message>
        <source>In the window</source>
        <translation>在访视窗内</translation>
    </message>
    <message>
        <source>Reason for a dose more at this visit</source>
        <translation>本次访视再次给药的原因</translation>
    </message>
    <message>
        <source>Reason for an unscheduled dose</source>
        <translation>计划外给药的原因</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划时间</translation>
    </message>
    <message>
        <source>Window opens</source>
        <translation>窗口开始</translation>
    </message>
    <message>
        <source>Window closes</source>
        <translation>窗口结束</translation>
    </message>
    <message>
        <source>Replaces stopped dose</source>
        <translation>替代已停止剂次</translation>
    </message>
    <message>
        <source>Too early by {hours} h</source>
        <translation>提前 {hours} 小时</translation>
    </message>
    <message>
        <source>Too late by {hours} h</source>
        <translation>超出 {hours} 小时</translation>
    </message>
</context>
<context>
    <name>Visits</name>
    <message>
        <source>missed</source>
        <translation>已缺失</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>未给药</translation>
    </message>
    <message>
        <source>bag came back</source>
        <translation>输液袋已退回</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>handed over</source>
        <translation>已交接</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>after {anchor}</source>
        <translation>{anchor} 之后</translation>
    </message>
    <message>
        <source>later</source>
        <translation>未到时间</translation>
    </message>
    <message>
        <source>unscheduled</source>
        <translation>计划外</translation>
    </message>
    <message>
        <source>due</source>
        <translation>可给药</translation>
    </message>
    <message>
        <source>window closed</source>
        <translation>窗口已过</translation>
    </message>
</context>
<context>
    <name>WaitingCard</name>
    <message>
        <source>Waiting for a signature</source>
        <translation>待签名</translation>
    </message>
    <message>
        <source>{record} · receipt</source>
        <translation>{record} · 接收单</translation>
    </message>
    <message>
        <source>{record} · second person&apos;s check</source>
        <translation>{record} · 第二人复核</translation>
    </message>
    <message>
        <source>{record} · later verification</source>
        <translation>{record} · 事后复核</translation>
    </message>
    <message>
        <source>{record} · hand-over</source>
        <translation>{record} · 交接</translation>
    </message>
    <message>
        <source>until {when}</source>
        <translation>截至 {when}</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>无待签名事项。</translation>
    </message>
</context>
<context>
    <name>WaitingDoses</name>
    <message>
        <source>Dose</source>
        <translation>剂次</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>待办步骤</translation>
    </message>
    <message>
        <source>Use before</source>
        <translation>使用期限</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>No dose is in progress</source>
        <translation>没有进行中的剂次</translation>
    </message>
    <message>
        <source>A dose is begun from a subject&apos;s visit.</source>
        <translation>剂次从受试者的访视开始。</translation>
    </message>
    <message>
        <source>Go to the subjects</source>
        <translation>前往受试者</translation>
    </message>
    <message>
        <source>Doses in progress</source>
        <translation>进行中的剂次</translation>
    </message>
</context>
<context>
    <name>WardView</name>
    <message>
        <source>Up to {day} these doses are there whichever arm a subject is in: {said}.</source>
        <translation>至 {day}，无论受试者在哪一组，以下剂数均已备妥：{said}。</translation>
    </message>
    <message>
        <source>Withdraw the promise</source>
        <translation>撤回承诺</translation>
    </message>
    <message>
        <source>The ward&apos;s paper will say no for every day. The reason stays in the pharmacy.</source>
        <translation>病区文件上每一天都将显示“否”。理由仅保存在药房。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>下一步：签名</translation>
    </message>
    <message>
        <source>The promise to the ward is withdrawn: {reason}</source>
        <translation>撤回对病区的承诺：{reason}</translation>
    </message>
</context>
<context>
    <name>WasteForm</name>
    <message>
        <source>Waste kits</source>
        <translation>药盒报废</translation>
    </message>
    <message>
        <source>Thawed, dropped, torn: kits on the shelf that will never be given.</source>
        <translation>已解冻、跌落或破损：不再使用的在库药盒。</translation>
    </message>
    <message>
        <source>Go on to the signatures</source>
        <translation>下一步：签名</translation>
    </message>
</context>
<context>
    <name>WeightAgain</name>
    <message>
        <source>Body weight, read again</source>
        <translation>体重（复核读数）</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺少</translation>
    </message>
</context>
<context>
    <name>_Asking</name>
    <message>
        <source>This is recorded: fill it in.</source>
        <translation>此项须记录，请填写。</translation>
    </message>
</context>
</TS>
